package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// sound is a page without a fault; the cases below spoil it.
const sound = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root{--paper:#fff;--text:#222;--series-1:#0c4dae}
@media (prefers-color-scheme:dark){:root{--paper:#111;--text:#eee;--series-1:#7b91fe}}
body{margin:16px;background:var(--paper);color:var(--text);font:16px sans-serif}
figure{margin:0}
figure>svg{display:block;width:100%;max-width:600px}
@media print{details::details-content{content-visibility:visible}}
</style></head><body>
<h1>A page</h1>
<p>Something to read.</p>
<figure class="chart" data-series="1">
<svg viewBox="0 0 320 160" role="img" aria-label="Bar chart"><g fill="currentColor" font-size="13">
<path d="M40,10L80,10L80,130L40,130Z" style="fill:var(--series-1)"/>
<path d="M140,60L180,70L180,130L140,130Z" style="fill:var(--series-1)"/>
<text x="44" y="150">one</text><text x="144" y="150">two</text>
</g></svg>
</figure>
<details><summary>The numbers</summary><table><tr><td>one</td><td>4</td></tr></table></details>
</body></html>
`

// A spoiling puts one fault into the sound page, and names what must be said of it.
type spoiling struct {
	name, old, new, says string
}

var spoilings = []spoiling{
	{"exception", "</body>", "<script>nothing.at.all()</script></body>", "an exception"},
	{"rejection", "</body>", "<script>Promise.reject(new Error('no'))</script></body>", "an exception"},
	{"console", "</body>", "<script>console.error('no')</script></body>", "an error on the console"},
	{"image", "</h1>", `</h1><img src="https://example.com/a.png" width="10" height="10" alt="">`, "https://example.com/a.png"},
	{"file", "</h1>", `</h1><img src="beside.png" width="10" height="10" alt="">`, "beside.png"},
	{"font", "</style>", "@font-face{font-family:f;src:url(https://example.com/f.woff)}h1{font-family:f}</style>", "https://example.com/f.woff"},
	{"style", "<style>", `<link rel="stylesheet" href="https://example.com/s.css"><style>`, "https://example.com/s.css"},
	{"script", "<style>", `<script src="https://example.com/s.js"></script><style>`, "https://example.com/s.js"},
	{"socket", "</body>", "<script>new WebSocket('wss://example.com/w')</script></body>", "example.com/w"},
	{"policy", `<meta charset="utf-8">`, `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><script>1</script>`, "an error in the browser's log"},
	{"no title", "<title>A page</title>", "", "no title"},
	{"no figure", ` class="chart"`, "", "no figure"},
	{"no drawing", "<svg ", `<svg hidden style="display:none" `, "0 drawings are shown"},
	{"two drawings", "</figure>", `<svg viewBox="0 0 320 160" role="img" aria-label="Bar chart"><text x="9" y="50">two</text></svg></figure>`, "2 drawings are shown"},
	{"no label", ` aria-label="Bar chart"`, "", "no role"},
	{"no marks", "--series-1)\"", "--text)\"", "marks of 0 series"},
	{"one series of two", `data-series="1"`, `data-series="2"`, "marks of 1 series are drawn, of 2"},
	{"invisible marks", "M40,10L80,10L80,130L40,130Z\" style=\"fill:var(--series-1)\"/>\n<path d=\"M140,60L180,70L180,130L140,130Z", "M40,10Z", "marks of 0 series"},
	{"marks like the paper", "</style>", ":root{--series-1:var(--paper)}text{fill:var(--paper)}</style>", "the picture is nearly empty"},
	{"small drawing", "max-width:600px", "max-width:150px", "the drawing is small"},
	{"text outside", `x="144"`, `x="305"`, "reaches out of the drawing"},
	{"text above", `y="150">two`, `y="5">two`, "reaches out of the drawing"},
	{"tiny text", `font-size="13"`, `font-size="6"`, "pixels high"},
	{"texts over each other", `x="144"`, `x="50"`, "overlap"},
	{"wide page", "<p>", `<p style="width:1500px">`, "pixels wide in a window"},
	{"page a bit too wide for a phone", "<p>", `<p style="width:350px">`, "phone-light: the page is"},
	{"wide table unfolded", "<td>4", `<td style="min-width:900px">4`, "with all of it unfolded"},
	{"empty screen", "</style>", "body *{opacity:0}</style>", "the screenshot is nearly empty"},
	{"table lost on paper", "@media print", "@media nothing", "tables are not printed"},
	{"always light", "@media (prefers-color-scheme:dark)", "@media (prefers-color-scheme:nothing)", "not darker"},
}

// selftest checks the sound page, and each spoilt one. It tells the first that is
// not judged as it should be.
func (b *browser) selftest() error {
	dir, err := os.MkdirTemp("", "pagecheck")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	check := func(name, text string, views []view) ([]string, error) {
		file := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".html")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return nil, err
		}
		faults, _, err := b.check(file, "", views)
		return faults, err
	}
	faults, err := check("sound", sound, views)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("selftest: the sound page is said to have faults:\n\t%s", strings.Join(faults, "\n\t"))
	}
	for _, s := range spoilings {
		text := strings.Replace(sound, s.old, s.new, 1)
		if s.name == "no marks" {
			text = strings.ReplaceAll(sound, s.old, s.new)
		}
		if text == sound {
			return fmt.Errorf("selftest: %s: the page is as before", s.name)
		}
		faults, err := check(s.name, text, views[2:]) // the phone and the paper meet all of them
		if err != nil {
			return fmt.Errorf("selftest: %s: %w", s.name, err)
		}
		if said := strings.Join(faults, "\n\t"); !strings.Contains(said, s.says) {
			return fmt.Errorf("selftest: %s: no fault with %q is told, but:\n\t%s", s.name, s.says, said)
		}
		fmt.Printf("found: %s\n", s.name)
	}
	fmt.Printf("the sound page has no fault, and all of %d faults are found\n", len(spoilings))
	return nil
}
