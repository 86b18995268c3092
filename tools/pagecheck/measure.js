// Takes the measures that judge.go judges, when the page has been painted.
new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))).then(() => {
  const box = element => {
    const r = element.getBoundingClientRect();
    return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height};
  };
  const shown = element => {
    const b = box(element);
    return b.width > 0 && b.height > 0 && getComputedStyle(element).visibility === "visible";
  };
  const inks = element => (element.getAttribute("style") || "").match(/--series-\d+/g) || [];
  const folded = [...document.querySelectorAll("details:not([open])")];
  const unfoldedWidth = () => {
    folded.forEach(details => details.open = true);
    const width = document.documentElement.scrollWidth;
    folded.forEach(details => details.open = false);
    return width;
  };
  return {
    title: document.title,
    window: document.documentElement.clientWidth,
    width: document.documentElement.scrollWidth,
    unfolded: unfoldedWidth(),
    hidden: [...document.querySelectorAll("table")].filter(table => !table.checkVisibility()).length,
    figures: [...document.querySelectorAll("figure.chart")].map(figure => ({
      series: Number(figure.dataset.series),
      box: box(figure),
      drawings: [...figure.children].filter(e => e.localName === "svg" && shown(e)).map(svg => {
        const marks = [...svg.querySelectorAll("path,rect,circle,line,polyline,polygon")].filter(e => inks(e).length && (box(e).width > 0.5 || box(e).height > 0.5));
        return {
          box: box(svg),
          label: svg.getAttribute("role") === "img" && svg.getAttribute("aria-label") || "",
          marks: marks.length,
          inks: new Set(marks.flatMap(inks)).size,
          texts: [...svg.querySelectorAll("text")].map(e => ({text: e.textContent, box: box(e)})),
        };
      }),
    })),
  };
})
