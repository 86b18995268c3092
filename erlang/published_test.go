package erlang

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// published returns the rows of a table of values that others have printed. They
// are not part of the project.
func published(t *testing.T, file string) []row {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "reference", "published", file)
	if _, err := os.Stat(path); os.IsNotExist(err) {
		t.Skipf("%s is missing: the published tables lie beside the project, not in it", path)
	}
	return readTable(t, path)
}

// halfUnit returns half a unit of the last digit printed.
func halfUnit(text string) float64 {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	_, decimals, _ := strings.Cut(mantissa, ".")
	e, _ := strconv.Atoi(exponent)
	return 0.5 * math.Pow10(e-len(decimals))
}

// TestPublishedErlangB inverts Erlang's formula for every number of the ITU's
// table and compares with the same computed by others to 10 digits. The printed
// table is itself off by more than half a unit of its last digit here and there,
// the more the rarer blocking is; elsewhere it must be right.
func TestPublishedErlangB(t *testing.T) {
	rows := published(t, "published_erlangb_itu.tsv")
	wrong, worstOff := 0, 0.0
	for _, r := range rows {
		n, b := r.int("N_servers"), r.float("blocking")
		load, err := Traffic(n, b)
		if err != nil {
			t.Fatalf("%s: %v", r.name, err)
		}
		recomputed := r.float("A_erlang_recomputed")
		if off := math.Abs(load/recomputed - 1); off > 5.1e-10 {
			t.Errorf("%s: Traffic(%d, %v) = %.12g, recomputed %v", r.name, n, b, load, recomputed)
		}
		if off := math.Abs(B(n, load)/b - 1); off > 1e-11 {
			t.Errorf("%s: B(%d, Traffic(%d, %v)) is off by %.2g", r.name, n, n, b, off)
		}
		// Half a unit, and what its own decimal fraction is rounded by.
		unit := 2 * halfUnit(r.text("A_erlang_published"))
		off := math.Abs(load - r.float("A_erlang_published"))
		if off <= 0.5*unit*(1+1e-6) {
			continue
		}
		// Wrong as printed, or we are: by more than rounding differs from the
		// recomputed value, then.
		wrong++
		worstOff = max(worstOff, off/unit)
		if math.Abs(recomputed-r.float("A_erlang_published")) <= 0.5*unit*(1-1e-6) {
			t.Errorf("%s: Traffic(%d, %v) = %.12g, published %s", r.name, n, b, load, r.text("A_erlang_published"))
		}
	}
	t.Logf("%d values, of which the printed table has %d off by more than half a unit of its last digit, at most by %.3g units",
		len(rows), wrong, worstOff)
	if wrong > len(rows)/10 {
		t.Errorf("%d of %d published values are off: more than the table is known for", wrong, len(rows))
	}
}

// example is a worked example: its inputs by name.
type example struct {
	row
	in map[string]float64
}

var (
	assignment = regexp.MustCompile(`^([A-Za-z()]+)<?=(.*)$`)
	callsIn    = regexp.MustCompile(`^(\d+) calls/(\d+)s$`)
	levelIn    = regexp.MustCompile(`^(\d+)/(\d+)$`)
	totalLoad  = regexp.MustCompile(`^total ([0-9.]+) E$`)
	quantityOf = regexp.MustCompile(`^([0-9.]+)(?:/([0-9.]+))?(s|min|/min)?(?: \(1 CCS\))?$`)
)

// inputs reads "N=14;A=10;AHT=3min;t=20s" and the like: times in seconds.
func (r row) inputs() example {
	r.t.Helper()
	e := example{r, map[string]float64{}}
	parse := func(text string) float64 {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			r.t.Fatalf("%s: %v", r.name, err)
		}
		return f
	}
	for part := range strings.SplitSeq(r.text("inputs"), ";") {
		if m := callsIn.FindStringSubmatch(part); m != nil {
			e.in["calls"], e.in["per"] = parse(m[1]), parse(m[2])
			continue
		}
		if m := levelIn.FindStringSubmatch(part); m != nil {
			e.in["level"], e.in["t"] = parse(m[1])/100, parse(m[2])
			continue
		}
		if m := totalLoad.FindStringSubmatch(part); m != nil {
			e.in["total"] = parse(m[1])
			continue
		}
		m := assignment.FindStringSubmatch(part)
		if m == nil {
			r.t.Fatalf("%s: cannot read the input %q", r.name, part)
		}
		q := quantityOf.FindStringSubmatch(m[2])
		if q == nil {
			r.t.Fatalf("%s: cannot read the quantity %q", r.name, part)
		}
		value := parse(q[1])
		if q[2] != "" {
			value /= parse(q[2])
		}
		switch q[3] {
		case "min":
			value *= 60
		case "/min":
			value /= 60
		}
		e.in[m[1]] = value
	}
	return e
}

func (e example) has(name string) bool { _, ok := e.in[name]; return ok }

func (e example) get(name string) float64 {
	e.t.Helper()
	value, ok := e.in[name]
	if !ok {
		e.t.Fatalf("%s: no %s in %q", e.name, name, e.text("inputs"))
	}
	return value
}

func (e example) servers() int { e.t.Helper(); return int(e.get("N")) }

// seconds returns an input that is a time; 0 if there is none of that name.
func (e example) seconds(name string) time.Duration {
	return time.Duration(math.Round(e.in[name] * 1e9))
}

// load returns the load, however it is given.
func (e example) load() float64 {
	e.t.Helper()
	if e.has("A") {
		return e.get("A")
	}
	w := e.workload()
	return w.Load()
}

// workload returns the workload; its handle time is an hour if none is given.
func (e example) workload() Workload {
	e.t.Helper()
	w := Workload{AHT: time.Hour, Patience: e.seconds("patience"), Lines: int(e.in["K"])}
	switch {
	case e.has("AHT"):
		w.AHT = e.seconds("AHT")
	case e.has("mu"):
		w.AHT = time.Duration(math.Round(1e9 / e.get("mu")))
	}
	switch {
	case e.has("calls"):
		w.Calls, w.Per = e.get("calls"), e.seconds("per")
	case e.has("lambda"):
		w.Calls, w.Per = e.get("lambda"), time.Second
	default:
		w.Calls, w.Per = e.get("A"), w.AHT
	}
	return w
}

func (e example) outcome() Outcome {
	e.t.Helper()
	return e.with(e.workload(), e.servers())
}

// realAgents returns the figures for a number of agents that is not whole.
func (e example) realAgents(n float64) Outcome {
	e.t.Helper()
	o, err := e.workload().with(n, int(math.Ceil(n)))
	if err != nil {
		e.t.Fatalf("%s: %v", e.name, err)
	}
	return o
}

// first returns the first whole number from 1 on that is enough.
func first(enough func(n int) bool) float64 {
	for n := 1; ; n++ {
		if enough(n) {
			return float64(n)
		}
	}
}

// compute returns what the example asks for.
func (e example) compute() float64 {
	e.t.Helper()
	model, quantity := e.text("model"), e.text("quantity")
	switch model {
	case "ErlangB", "ErlangB_cont":
		switch quantity {
		case "B":
			if model == "ErlangB_cont" {
				return BReal(e.get("N"), e.load())
			}
			return B(e.servers(), e.load())
		case "A":
			load, err := Traffic(e.servers(), e.get("B"))
			if err != nil {
				e.t.Fatalf("%s: %v", e.name, err)
			}
			return load
		case "lines", "servers":
			n, err := Servers(e.load(), e.get("B"))
			if err != nil {
				e.t.Fatalf("%s: %v", e.name, err)
			}
			return float64(n)
		case "N_real":
			return zero(func(x float64) float64 { return BReal(x, e.load()) - e.get("B") }, 0, 10*e.load()+10)
		}
	case "ErlangC", "ErlangC_cont", "ErlangA", "M/M/N/K+M":
		switch quantity {
		case "P(wait)":
			if model == "ErlangC" {
				return C(e.servers(), e.load())
			}
			if model == "ErlangC_cont" {
				return e.realAgents(e.get("N")).PWait
			}
			return e.outcome().PWait
		case "SL", "SL served within t / offered":
			return e.outcome().ServiceLevel(e.seconds("t"), AnsweredOfOffered)
		case "ASA_s":
			q := e.outcome().queue
			return q.delay / q.answered * q.aht / 1e9
		case "E[W]_s":
			q := e.outcome().queue
			return q.wait * q.aht / 1e9
		case "E[W] all, min (they call it ASA)":
			q := e.outcome().queue
			return q.wait * q.aht / 60e9
		case "P(abandon)":
			return e.outcome().PAbandon
		case "occupancy":
			return e.outcome().Occupancy
		case "Lq":
			return e.outcome().QueueLength
		case "L":
			o := e.outcome()
			return o.QueueLength + o.Occupancy*float64(o.Agents)
		case "W_system":
			return e.outcome().MeanWait.Seconds() + e.workload().AHT.Seconds()
		case "A":
			return zero(func(load float64) float64 { return e.get("P(wait)") - C(e.servers(), load) }, 0, e.get("N"))
		case "N_real":
			aht, asa := e.get("AHT"), e.get("W")
			return zero(func(n float64) float64 {
				return e.realAgents(n).queue.wait*aht - asa
			}, e.load()*(1+1e-9), 2*e.load())
		case "scheduled ceil(14/0.7)":
			return math.Ceil(e.get("agents") / (1 - e.get("shrinkage")))
		case "agents":
			if e.has("P(wait)") {
				return first(func(n int) bool { return C(n, e.load()) <= e.get("P(wait)") })
			}
			n, _, err := e.workload().Staff(Target{
				ServiceLevel: e.get("level"), Within: e.seconds("t"), Occupancy: e.in["maxocc"],
			})
			if err != nil {
				e.t.Fatalf("%s: %v", e.name, err)
			}
			return float64(n)
		}
	case "Engset(per-source offered)":
		// The load of a source is a = b/(1 + b·(1 − call congestion)), and not b.
		sources, servers := int(e.get("S")), e.servers()
		offered := e.in["alpha"]
		if e.has("total") {
			offered = e.get("total") / e.get("S")
		}
		idle := zero(func(b float64) float64 {
			_, call := Engset(sources, servers, b)
			return offered - b/(1+b*(1-call))
		}, 0, 1)
		_, call := Engset(sources, servers, idle)
		return call
	}
	e.t.Fatalf("%s: what is %s of %s?", e.name, quantity, model)
	return math.NaN()
}

// TestPublishedExamples works through the examples in other people's manuals and
// tests. Where they are wrong, by the table's own recomputation, that counts.
func TestPublishedExamples(t *testing.T) {
	right, wrong := 0, 0
	on := newWorst(t, 1e-11)
	for _, r := range published(t, "published_misc.tsv") {
		e := r.inputs()
		r.name = fmt.Sprintf("%s: %s of %s, %s", r.name, r.text("quantity"), r.text("model"), r.text("inputs"))
		got := e.compute()
		// The recomputed value has 12 digits.
		reference := r.float("reference")
		if off := math.Abs(got - reference); off > 5.01e-12*math.Pow10(int(math.Ceil(math.Log10(math.Abs(got))))) {
			t.Errorf("%s: %.15g, recomputed %v", r.name, got, reference)
		}
		on.note("recomputed", r.name, math.Abs(got/reference-1))
		switch status := r.text("status"); status {
		case "OK":
			right++
			half := r.float("quoted_half_precision")
			if off := math.Abs(got - r.float("published")); off > half {
				t.Errorf("%s: %.15g, published %s ± %g", r.name, got, r.text("published"), half)
			}
		case "DIFF":
			wrong++
		default:
			t.Errorf("%s: what is status %q?", r.name, status)
		}
	}
	t.Logf("%d examples as published, %d wrong at the source", right, wrong)
}
