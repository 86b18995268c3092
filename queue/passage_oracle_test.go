package queue

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// survival is the share of those who still wait, at instants that go up.
type survival struct {
	at, left []float64
	mean     float64
}

// solvePassage follows the birth and death chain itself: the probabilities of so
// many ahead, by Runge and Kutta's rule with steps of half a mean sojourn.
func solvePassage(ahead int, finish, giveUp float64, joiners []joiner) survival {
	later := 0.0
	for _, j := range joiners {
		later += j.rate * j.until
	}
	most := ahead + int(later+8*math.Sqrt(later)) + 20
	p := make([]float64, most+1)
	p[ahead] = 1
	var slopes [4][]float64
	for i := range slopes {
		slopes[i] = make([]float64, most+1)
	}
	mid := make([]float64, most+1)
	now, rate := 0.0, 0.0
	change := func(d, p []float64) {
		for k := range p {
			up := rate
			if k == most {
				up = 0
			}
			d[k] = -(finish + giveUp*float64(k) + up) * p[k]
			if k < most {
				d[k] += (finish + giveUp*float64(k+1)) * p[k+1]
			}
			if k > 0 {
				d[k] += rate * p[k-1]
			}
		}
	}
	s := survival{at: []float64{0}, left: []float64{1}}
	for s.left[len(s.left)-1] > 1e-6 {
		rate = 0
		until := math.Inf(1)
		for _, j := range joiners {
			if j.until > now+1e-9 {
				rate += j.rate
				until = min(until, j.until)
			}
		}
		for rate == 0 && most > 0 && p[most] < 1e-14 {
			most--
		}
		p, mid := p[:most+1], mid[:most+1]
		step := min(0.5/(finish+giveUp*float64(most)+rate), until-now)
		change(slopes[0], p)
		for i, part := range []float64{0.5, 0.5, 1} {
			for k := range p {
				mid[k] = p[k] + step*part*slopes[i][k]
			}
			change(slopes[i+1], mid)
		}
		left := 0.0
		for k := range p {
			p[k] += step / 6 * (slopes[0][k] + 2*slopes[1][k] + 2*slopes[2][k] + slopes[3][k])
			left += p[k]
		}
		s.mean += step * (s.left[len(s.left)-1] + left) / 2
		now += step
		s.at = append(s.at, now)
		s.left = append(s.left, left)
	}
	return s
}

// over returns the share of those who wait longer than t.
func (s survival) over(t float64) float64 {
	i, _ := slices.BinarySearch(s.at, t)
	if i == 0 || i == len(s.at) {
		return s.left[max(i-1, 0)]
	}
	part := (t - s.at[i-1]) / (s.at[i] - s.at[i-1])
	return s.left[i-1] + part*(s.left[i]-s.left[i-1])
}

// passageCases calls check for realistic lines: services of one to ten minutes,
// people as patient as a service is long or more so, up to half of the rate of
// service joining ahead for ten seconds to ten minutes, and waits below two hours.
func passageCases(check func(name string, ahead int, finish, giveUp float64, joiners []joiner)) {
	for _, service := range []float64{60, 200, 600} {
		for _, servers := range []float64{1, 3, 10, 50, 200} {
			for _, ahead := range []int{0, 1, 2, 5, 15, 50, 200} {
				for _, giveUp := range []float64{0, 0.1, 0.4, 1} {
					for i, load := range []float64{0, 0.1, 0.25, 0.5} {
						for k, until := range []float64{10, 60, 180, 600} {
							finish := servers / service
							if load == 0 && i+k > 0 || float64(ahead+1)/finish > 7200 {
								continue
							}
							l := load * finish
							joiners := []joiner{{l, until}}
							switch {
							case load == 0:
								joiners = nil
							case (i+k)%2 == 1:
								joiners = []joiner{{0.3 * l, until / 3}, {0.2 * l, until / 2}, {0.5 * l, until}}
							}
							name := fmt.Sprintf("service %g s, %g servers, %d ahead, giving up %g, joining %g until %g s", service, servers, ahead, giveUp, load, until)
							check(name, ahead, finish, giveUp/service, joiners)
						}
					}
				}
			}
		}
	}
}

func TestPassageIsThatOfTheChain(t *testing.T) {
	var means, medians, p90s []float64
	passageCases(func(name string, ahead int, finish, giveUp float64, joiners []joiner) {
		s := solvePassage(ahead, finish, giveUp, joiners)
		mean, median, p90 := firstPassage(ahead, finish, giveUp, slices.Clone(joiners))
		if e := mean/s.mean - 1; math.Abs(e) > 0.035 {
			t.Errorf("%s: the mean is off by %.3f", name, e)
		}
		if p := s.over(median); p < 0.44 || p > 0.57 {
			t.Errorf("%s: %.3f exceed the median", name, p)
		}
		if p := s.over(p90); p < 0.055 || p > 0.117 {
			t.Errorf("%s: %.3f exceed the 90th percentile", name, p)
		}
		means, medians, p90s = append(means, mean/s.mean-1), append(medians, s.over(median)), append(p90s, s.over(p90))
	})
	for _, v := range []struct {
		name              string
		values            []float64
		part, least, most float64 // bounds for all but this part at either end
	}{
		{"error of the mean", means, 0.025, -0.025, 0.015},
		{"share over the median", medians, 0.025, 0.46, 0.56},
		{"share over the 90th percentile", p90s, 0.02, 0.085, 0.115},
	} {
		slices.Sort(v.values)
		at := func(part float64) float64 { return v.values[int(part*float64(len(v.values)-1))] }
		t.Logf("%s in %d cases: %.4f to %.4f, nine in ten %.4f to %.4f, half below %.4f",
			v.name, len(v.values), at(0), at(1), at(0.05), at(0.95), at(0.5))
		if at(v.part) < v.least || at(1-v.part) > v.most {
			t.Errorf("%s: from %.4f to %.4f", v.name, at(v.part), at(1-v.part))
		}
	}
}

// If nobody joins or gives up, the passage is a sum of exponential times; of just
// one if nobody is ahead.
func TestMeanPassageOfThoseNowInLineIsASum(t *testing.T) {
	for _, ahead := range []int{0, 1, 4, 5, 6, 100, 100_000} {
		for _, giveUp := range []float64{0, 1e-12, 1e-6, 0.01, 1, 1000} {
			var mean, variance float64
			for j := range ahead + 1 {
				each := 1 / (0.5 + giveUp*float64(j))
				mean += each
				variance += each * each
			}
			m, v := passageOfThose(ahead, 0.5, giveUp)
			if math.Abs(m/mean-1) > 1e-4 || math.Abs(v/variance-1) > 1e-4 {
				t.Errorf("%d ahead, giving up %g: mean %g, want %g; variance %g, want %g", ahead, giveUp, m, mean, v, variance)
			}
		}
	}
}

func TestExponentialsAreThoseOfPackageMath(t *testing.T) {
	for x := 1e-12; x < 700; x *= 1.01 {
		if got, want := expm1(x), math.Expm1(x); math.Abs(got/want-1) > 1e-11 {
			t.Errorf("expm1(%g) = %g, want %g", x, got, want)
		}
	}
	for x := 1e-12; x < 1e300; x *= 1.05 {
		if got, want := log1p(x), math.Log1p(x); math.Abs(got/want-1) > 2e-12 {
			t.Errorf("log1p(%g) = %g, want %g", x, got, want)
		}
	}
}
