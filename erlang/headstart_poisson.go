package erlang

import "math"

// poisson is a Poisson distribution without what is negligible on either side.
type poisson struct {
	mean        float64
	first, last int
	shares      []float64
}

// newPoisson returns the distribution of that mean. If it has more than maxSteps
// it is only a last number beyond all.
func newPoisson(mean float64) poisson {
	if mean == 0 {
		return poisson{shares: []float64{1}}
	}
	if !(mean < maxSteps) {
		return poisson{mean: mean, last: math.MaxInt}
	}
	mode := math.Floor(mean)
	top := math.Exp(-logFactorialRatio(mode, mean, mean-mode))
	d := poisson{mean: mean, first: int(mode), last: int(mode)}
	sum, term := 0.0, top
	for k := mode; k > 0 && term > 1e-18*top; k-- {
		term *= k / mean
		sum += term
		d.shares = append(d.shares, term)
		d.first--
	}
	for i, j := 0, len(d.shares)-1; i < j; i, j = i+1, j-1 {
		d.shares[i], d.shares[j] = d.shares[j], d.shares[i]
	}
	for term = top; term > 1e-18*top; {
		sum += term
		d.shares = append(d.shares, term)
		term *= mean / (float64(d.last) + 1)
		d.last++
	}
	d.last--
	for i := range d.shares {
		d.shares[i] /= sum
	}
	return d
}

// at returns the probability of k.
func (d poisson) at(k int) float64 {
	if k < d.first || k > d.last {
		return 0
	}
	return d.shares[k-d.first]
}

// poissonMean returns the mean of values[N] for a Poisson number N. Beyond their
// end the values fall by the given ratio; rest is 1 − ratio. The logarithms of
// the values must be concave, so that terms which have begun to fall go on
// falling.
func poissonMean(mean float64, values []float64, ratio, rest float64) float64 {
	size := float64(len(values))
	switch {
	case size == 0:
		return 0
	case mean == 0:
		return values[0]
	}
	mode := min(math.Floor(mean), size-1)
	top := math.Exp(-logFactorialRatio(mode, mean, mean-mode))
	sum, term := 0.0, top
	for k := mode; k < size; k++ {
		now := term * values[int(k)]
		sum += now
		if now <= 1e-18*sum {
			break
		}
		term *= mean / (k + 1)
	}
	term = top
	for k := mode; k > 0; k-- {
		term *= k / mean
		now := term * values[int(k)-1]
		sum += now
		if now <= 1e-18*sum {
			break
		}
	}
	if ratio > 0 {
		// Σ e^(−m)·m^k/k!·ratio^(k−last), k ≥ size, is e^(−m·rest)·ratio^(−last)
		// times the probability that a Poisson number of mean m·ratio is size or
		// more.
		last := size - 1
		sum += values[len(values)-1] * math.Exp(-mean*rest-last*math.Log1p(-rest)) * poissonAtLeast(size, mean*ratio)
	}
	return sum
}

// poissonAtLeast returns P(N ≥ k) for a Poisson number N and k ≥ 1.
func poissonAtLeast(k, mean float64) float64 {
	if k > mean {
		sum, term := 0.0, math.Exp(-logFactorialRatio(k, mean, mean-k))
		for ; term > 1e-18*sum; k++ {
			sum += term
			term *= mean / (k + 1)
		}
		return sum
	}
	sum, term := 0.0, math.Exp(-logFactorialRatio(k-1, mean, mean-(k-1)))
	for k--; k >= 0 && term > 1e-18*sum; k-- {
		sum += term
		term *= k / mean
	}
	return max(0, 1-sum)
}

// negativeBinomialMean returns the mean of values[N], where N has the shares
//
//	Γ(r+i) / (Γ(r)·i!) · z^r·(1 − z)^i,  z = e^(−x)
//
// and values is 0 beyond its end and as for poissonMean. The share to begin with
// is written with Poisson shares (C. Loader, "Fast and Accurate Computation of
// Binomial Probabilities", 2000).
func negativeBinomialMean(r, x float64, values []float64) float64 {
	z, v := math.Exp(-x), -math.Expm1(-x)
	switch {
	case len(values) == 0 || z == 0:
		return 0
	case v == 0:
		return values[0]
	}
	mode := min(math.Floor(max(0, (r-1)*v/z)), float64(len(values)-1))
	n := r + mode
	gap := mode*z - r*v
	top := r / n * math.Exp(logFactorialRatio(n, n, 0)-logFactorialRatio(r, n*z, gap)-logFactorialRatio(mode, n*v, -gap))
	sum, term := 0.0, top
	for i := mode; i < float64(len(values)); i++ {
		now := term * values[int(i)]
		sum += now
		if now <= 1e-18*sum {
			break
		}
		term *= (r + i) / (i + 1) * v
	}
	term = top
	for i := mode; i > 0; i-- {
		term *= i / ((r + i - 1) * v)
		now := term * values[int(i)-1]
		sum += now
		if now <= 1e-18*sum {
			break
		}
	}
	return sum
}
