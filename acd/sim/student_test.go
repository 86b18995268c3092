package sim

import (
	"math"
	"testing"
)

// Values of W. S. Gosset's distribution as tables print them: NIST/SEMATECH
// e-Handbook of Statistical Methods, 1.3.6.7.2, to three places.
func TestStudentsTIsThatOfTheTables(t *testing.T) {
	levels := []float64{0.80, 0.90, 0.95, 0.98, 0.99, 0.998}
	for degrees, want := range map[int][]float64{
		1:   {3.078, 6.314, 12.706, 31.821, 63.657, 318.309},
		2:   {1.886, 2.920, 4.303, 6.965, 9.925, 22.327},
		3:   {1.638, 2.353, 3.182, 4.541, 5.841, 10.215},
		9:   {1.383, 1.833, 2.262, 2.821, 3.250, 4.297},
		10:  {1.372, 1.812, 2.228, 2.764, 3.169, 4.144},
		29:  {1.311, 1.699, 2.045, 2.462, 2.756, 3.396},
		99:  {1.290, 1.660, 1.984, 2.365, 2.626, 3.175},
		100: {1.290, 1.660, 1.984, 2.364, 2.626, 3.174},
	} {
		for i, level := range levels {
			if got := studentT(degrees, level); math.Abs(got-want[i]) > 0.0006 {
				t.Errorf("%d degrees, %v: %.4f, want %.3f", degrees, level, got, want[i])
			}
		}
	}
	// With many degrees it is the normal distribution.
	if got, want := studentT(1_000_000, 0.95), normQuantile(0.975); math.Abs(got-want) > 1e-5 {
		t.Errorf("a million degrees: %v, want %v", got, want)
	}
}
