package erlang

import (
	"fmt"
	"math"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A row of a table: its columns by name, as printed.
type row struct {
	t      *testing.T
	name   string
	fields map[string]string
}

// readTable returns the rows of a file of tab-separated values whose first line
// names the columns.
func readTable(t *testing.T, file string) []row {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var rows []row
	for i, line := range lines[1:] {
		r := row{t, fmt.Sprintf("line %d", i+2), map[string]string{}}
		values := strings.Split(line, "\t")
		if len(values) > len(head) {
			t.Fatalf("%s: %s has %d values in %d columns", file, r.name, len(values), len(head))
		}
		for i, value := range values {
			r.fields[head[i]] = value
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no rows", file)
	}
	return rows
}

func reference(t *testing.T, table string) []row {
	t.Helper()
	return readTable(t, "testdata/"+table+".tsv")
}

func (r row) text(column string) string {
	r.t.Helper()
	s, ok := r.fields[column]
	if !ok {
		r.t.Fatalf("%s: there is no column %s", r.name, column)
	}
	return s
}

// exact returns a value with all its digits, however small it is.
func (r row) exact(column string) *big.Float {
	r.t.Helper()
	f, _, err := big.ParseFloat(r.text(column), 10, precision, big.ToNearestEven)
	if err != nil {
		r.t.Fatalf("%s: %s: %v", r.name, column, err)
	}
	return f
}

// float returns a value that is an argument, and so a float64.
func (r row) float(column string) float64 {
	r.t.Helper()
	f, err := strconv.ParseFloat(r.text(column), 64)
	if err != nil {
		r.t.Fatalf("%s: %s: %v", r.name, column, err)
	}
	return f
}

func (r row) int(column string) int {
	r.t.Helper()
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		r.t.Fatalf("%s: %s: %v", r.name, column, err)
	}
	return n
}

// seconds returns a time given in seconds.
func (r row) seconds(column string) time.Duration {
	r.t.Helper()
	return time.Duration(r.float(column) * 1e9)
}

// check compares got with a column.
func (r row) check(on *worst, column string, got float64) {
	r.t.Helper()
	on.check(column, r.name, got, r.exact(column))
}

// workload returns a workload of just the load in the given column.
func (r row) workload(load string) Workload {
	r.t.Helper()
	aht := r.seconds("aht_s")
	return Workload{Calls: r.float(load), Per: aht, AHT: aht}
}

func (r row) with(w Workload, agents int) Outcome {
	r.t.Helper()
	o, err := w.With(agents)
	if err != nil {
		r.t.Fatalf("%s: %v", r.name, err)
	}
	return o
}

// checkSeconds compares a mean before rounding, in handle times, with a column in
// seconds, and the Duration with it to half a nanosecond.
func (r row) checkSeconds(on *worst, column string, handleTimes float64, rounded time.Duration, aht time.Duration) {
	r.t.Helper()
	r.check(on, column, handleTimes*aht.Seconds())
	checkDuration(on, column, r.name, rounded, longProduct(r.exact(column), long(1e9)))
}

// logOnePlus returns ln(1+s).
func (s states) logOnePlus() float64 {
	if s.log > 40 {
		return s.log + math.Log(s.mass)
	}
	return math.Log1p(s.mass * math.Exp(s.log))
}

func TestTableErlangB(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "erlangb") {
		n, load := r.int("N_servers"), r.float("A_erlang")
		r.check(on, "blocking", B(n, load))
		r.check(on, "ln_blocking", LogB(n, load))
		// The same with as many lines as agents: nobody can wait.
		o := r.with(Workload{Calls: load, Per: time.Hour, AHT: time.Hour, Lines: n}, n)
		on.check("PBlocked", r.name, o.PBlocked, r.exact("blocking"))
		r.check(on, "carried_erlang", o.Occupancy*float64(n))
	}
}

func TestTableErlangBContinuous(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "erlangb_continuous") {
		x, load := r.float("N_real"), r.float("A_erlang")
		r.check(on, "blocking", BReal(x, load))
		// B may be below the smallest float64; what it is computed from is not.
		r.check(on, "ln_blocking", -freeStates(x, load, x-load).logOnePlus())
	}
}

func TestTableErlangC(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "erlangc") {
		n, w := r.int("N_agents"), r.workload("A_erlang")
		o := r.with(w, n)
		r.check(on, "p_wait", C(n, w.Calls))
		on.check("PWait", r.name, o.PWait, r.exact("p_wait"))
		free := freeStates(float64(n), w.Calls, float64(n)-w.Calls)
		free.mass *= (float64(n) - w.Calls) / float64(n)
		r.check(on, "ln_p_wait", -free.logOnePlus())
		t := r.seconds("t_s")
		for d := range Definition(len(definitions)) {
			on.check("service_level "+d.String(), r.name, o.ServiceLevel(t, d), r.exact("service_level"))
		}
		// P(wait)·e^(−(n − A)·t/AHT); the column itself is noise below 1e-40.
		gap := longDifference(long(float64(n)), long(w.Calls))
		tail := longProduct(r.exact("p_wait"), longExp(long(0).Neg(longProduct(gap, longRatio(int64(t), int64(w.AHT))))))
		on.check("one_minus_sl by its formula", r.name, o.WaitOver(t), tail)
		if column := r.exact("one_minus_sl"); column.Cmp(long(1e-40)) > 0 {
			r.check(on, "one_minus_sl", o.WaitOver(t))
		}
		r.checkSeconds(on, "asa_s", o.queue.delay/o.queue.answered, o.ASA, w.AHT)
		on.check("mean wait", r.name, o.queue.wait*w.AHT.Seconds(), r.exact("asa_s"))
		r.check(on, "Lq", o.QueueLength)
		r.check(on, "occupancy", o.Occupancy)
	}
}

// patienceColumns checks what erlanga.tsv and erlanga_dist.tsv have in common.
func (r row) patienceColumns(on *worst, w Workload, o Outcome) {
	r.t.Helper()
	t := r.seconds("t_s")
	r.check(on, "P_W_gt_t", o.WaitOver(t))
	r.check(on, "sl_served_within_t_over_offered", o.ServiceLevel(t, AnsweredOfOffered))
	r.check(on, "sl_over_served", o.ServiceLevel(t, AnsweredOfAnswered))
	r.check(on, "sl_counting_short_abandons_as_met", o.ServiceLevel(t, ShortAbandonsMet))
	r.check(on, "sl_excluding_short_abandons", o.ServiceLevel(t, ShortAbandonsExcluded))
	// Somebody infinitely patient waits longer than t as often as a caller, over
	// the chance to be that patient.
	r.check(on, "P_V_gt_t", o.WaitOver(t)*math.Exp(float64(t)/float64(w.Patience)))
	// A difference of shares: those who hang up, less those who do so later.
	later := o.queue.over(o.queue.time(float64(t)))
	within := r.exact("p_abandon_within_t")
	f, _ := within.Float64()
	on.checkWithin("p_abandon_within_t", r.name, o.PAbandon-later.gone, within, accuracy*max(1, o.PAbandon/f))
}

func TestTableErlangA(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "erlanga") {
		w := r.workload("A_erlang")
		w.Patience = r.seconds("patience_mean_s")
		o := r.with(w, r.int("N_agents"))
		q := o.queue
		r.check(on, "p_wait", o.PWait)
		r.check(on, "p_abandon", o.PAbandon)
		r.check(on, "p_abandon_given_wait", o.PAbandon/o.PWait)
		r.checkSeconds(on, "mean_wait_all_s", q.wait, o.MeanWait, w.AHT)
		r.checkSeconds(on, "asa_served_s", q.delay/q.answered, o.ASA, w.AHT)
		// Again a difference: all waits less those of the answered.
		abandoned := (q.wait - q.delay) / q.gone
		on.checkWithin("mean_wait_abandoned_s", r.name, abandoned*w.AHT.Seconds(),
			r.exact("mean_wait_abandoned_s"), accuracy*max(1, q.delay/(q.wait-q.delay)))
		r.check(on, "Lq", o.QueueLength)
		r.check(on, "occupancy", o.Occupancy)
		r.patienceColumns(on, w, o)
	}
}

func TestTableErlangADistribution(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "erlanga_dist") {
		w := r.workload("A_erlang")
		w.Patience = r.seconds("patience_mean_s")
		r.patienceColumns(on, w, r.with(w, r.int("N_agents")))
	}
}

func TestTableLimitedLines(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "mmnk") {
		w := r.workload("A_erlang")
		w.Lines = r.int("K_total_places")
		o := r.with(w, r.int("N_servers"))
		r.check(on, "p_block", o.PBlocked)
		r.check(on, "p_wait_given_accepted", o.PWait/(1-o.PBlocked))
		r.check(on, "Lq", o.QueueLength)
		r.check(on, "Wq_accepted_s", o.queue.wait/(1-o.PBlocked)*w.AHT.Seconds())
		r.check(on, "occupancy", o.Occupancy)
	}
}

func TestTableLimitedLinesAndPatience(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "mmnkm") {
		w := r.workload("A_erlang")
		w.Patience = r.seconds("patience_s")
		w.Lines = r.int("K_total")
		o := r.with(w, r.int("N"))
		let := 1 - o.PBlocked
		r.check(on, "p_block", o.PBlocked)
		r.check(on, "p_abandon_of_accepted", o.PAbandon/let)
		r.check(on, "Lq", o.QueueLength)
		r.check(on, "E_W_accepted_s", o.queue.wait/let*w.AHT.Seconds())
		r.check(on, "p_wait_of_accepted", o.PWait/let)
		r.check(on, "occupancy", o.Occupancy)
	}
}

func TestTableRedials(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "redial_erlangx") {
		w := r.workload("A0_fresh_erlang")
		w.Patience = r.seconds("patience_s")
		w.Redial = r.float("redial_prob_of_abandoners")
		o := r.with(w, r.int("N"))
		r.check(on, "A_total_erlang", o.Load)
		r.check(on, "p_abandon", o.PAbandon)
		r.check(on, "p_wait", o.PWait)
		r.checkSeconds(on, "E_W_s", o.queue.wait, o.MeanWait, w.AHT)
	}
}

func TestTableExtendedErlangB(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "extended_erlangb") {
		n := r.int("N")
		o := r.with(Workload{
			Calls: r.float("E0_erlang"), Per: time.Hour, AHT: time.Hour,
			Lines: n, Redial: r.float("recall_factor"),
		}, n)
		r.check(on, "E_fixed_point", o.Load)
		r.check(on, "blocking", o.PBlocked)
	}
}

func TestTableEngset(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "engset") {
		s, b := r.int("S_sources"), r.float("b_idle_rate_over_mu")
		time, call := Engset(s, r.int("N_servers"), b)
		r.check(on, "time_congestion", time)
		r.check(on, "call_congestion", call)
		r.check(on, "offered_erlang_S*b/(1+b(1-B))", float64(s)*b/(1+b*(1-call)))
	}
}

func TestTablePriority(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "priority") {
		n, aht := r.int("N_agents"), r.seconds("aht_s")
		var loads []float64
		total := 0.0
		for text := range strings.SplitSeq(r.text("class_loads_erlang_high_to_low"), ";") {
			load, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			loads = append(loads, load)
			total += load
		}
		waits, err := Priority(n, aht, loads)
		if err != nil {
			t.Fatal(err)
		}
		r.check(on, "p_wait", C(n, total))
		column := "Wq_nonpreemptive_s"
		checkDuration(on, column, r.name, waits[r.int("class")-1], longProduct(r.exact(column), long(1e9)))
	}
}

func TestTableInverse(t *testing.T) {
	on := newWorst(t, accuracy)
	for _, r := range reference(t, "inverse") {
		switch quantity := r.text("quantity"); quantity {
		case "traffic_for_blocking":
			load, err := Traffic(r.int("arg1"), r.float("arg2"))
			if err != nil {
				t.Fatal(err)
			}
			on.check(quantity, r.name, load, r.exact("value"))
		case "servers_for_blocking":
			n, err := Servers(r.float("arg1"), r.float("arg2"))
			if err != nil {
				t.Fatal(err)
			}
			on.check(quantity, r.name, float64(n), r.exact("value"))
		case "agents_for_sl_t_aht180":
			const aht = 180 * time.Second
			level, within, _ := strings.Cut(r.text("arg2"), ";")
			r.fields["level"], r.fields["within"] = level, within
			w := Workload{Calls: r.float("arg1"), Per: aht, AHT: aht}
			n, _, err := w.Staff(Target{ServiceLevel: r.float("level"), Within: r.seconds("within")})
			if err != nil {
				t.Fatal(err)
			}
			on.check(quantity, r.name, float64(n), r.exact("value"))
		default:
			t.Errorf("%s: what is %s?", r.name, quantity)
		}
	}
}
