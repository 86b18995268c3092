package acdtest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/najimi-acd/najimi/acd"
)

// arrive brings a new call of one of a few customers.
func (r *Random) arrive() acd.Command {
	draw := r.draw
	cmd := acd.Command{Type: acd.CmdArrive, Call: fmt.Sprintf("c%d", len(r.arrivals)+1)}
	if draw(4) != 0 {
		cmd.Caller = pick(draw, []string{
			"09011112222", "090-1111-2222", "090 (1111) 2222", "+81.90.3333.4444", "+81 90-3333-4444",
			"０９０-1", "[03] 5555–0001", "03‐5555－0001", "()-", "{090}.1111", " ",
		})
	}
	if draw.one(3) {
		cmd.Customer = pick(draw, []string{"k1", "k2", "k3", "山田"})
	}
	if draw(3) != 0 {
		cmd.Dialed = pick(draw, []string{
			"0120-111-222", "0120111222", "0120 333 444", "0120-333-999", "03-1234-5678",
		})
	}
	if draw.one(3) {
		cmd.Tier = pick(draw, []string{"gold", "silver", "bronze", "platinum"})
	}
	if draw.one(3) {
		cmd.Score = new(pick(draw, []float64{0, 20, 50, 61, 85, 100}))
	}
	cmd.Verified = draw.one(2)
	if draw.one(3) {
		cmd.LastAgent = pick(draw, append(slices.Clone(r.agents), "nobody"))
	}
	if draw.one(4) {
		cmd.HeadStart = draw.duration()
	}
	if draw.one(3) {
		cmd.Attributes = map[string]string{"menu": pick(draw, randomMenu)}
	}
	if draw.one(4) {
		cmd.Found = r.found()
	}
	if draw.one(12) {
		spoil(draw, &cmd)
	}
	r.arrivals = append(r.arrivals, cmd)
	return copied(cmd)
}

// found is what a customer data base answers: little, or what the arrival has
// already, or what no arrival may have.
func (r *Random) found() *acd.Found {
	draw, found := r.draw, new(acd.Found)
	if draw.one(2) {
		found.Customer = pick(draw, []string{"k1", "k2", "k3"})
	}
	if draw.one(2) {
		found.Tier = pick(draw, []string{"gold", "silver", "platinum"})
	}
	if draw.one(3) {
		found.Score = new(pick(draw, []float64{0, 50, 61, 100}))
	}
	if draw.one(3) {
		found.LastAgent = pick(draw, append(slices.Clone(r.agents), "nobody"))
	}
	if draw.one(3) {
		found.Attributes = map[string]string{"menu": pick(draw, randomMenu), "since": "1999"}
	}
	if draw.one(5) {
		found.Warning = pick(draw, []string{"no answer in time", "\xff"})
	}
	if draw.one(8) {
		spoilFound(draw, found)
	}
	return found
}

func spoilFound(draw Draw, found *acd.Found) {
	bad := pick(draw, []string{"\x00", "\xff", strings.Repeat("x", 129)})
	switch draw(5) {
	case 0:
		found.Customer = bad
	case 1:
		found.Tier = bad
	case 2:
		found.LastAgent = bad
	case 3:
		found.Score = new(pick(draw, []float64{-1, 100.5, math.NaN()}))
	case 4:
		found.Attributes = badAttributes(draw)
	}
}

// spoil makes some of the optional data bad.
func spoil(draw Draw, cmd *acd.Command) {
	bad := pick(draw, []string{"\x00", "\xff", "tab\t", strings.Repeat("x", 129), "\u2028"})
	switch draw(9) {
	case 0:
		cmd.Caller = bad
	case 1:
		cmd.Customer = bad
	case 2:
		cmd.Dialed = bad
	case 3:
		cmd.Tier = bad
	case 4:
		cmd.LastAgent = bad
	case 5:
		cmd.Score = new(pick(draw, []float64{-1, 100.5, math.NaN(), math.Inf(1)}))
	case 6:
		cmd.HeadStart = pick(draw, []time.Duration{-time.Second, 8760*time.Hour + 1, math.MaxInt64, math.MinInt64})
	case 7:
		cmd.Warnings = []string{"unknown field"}
	case 8:
		cmd.Attributes = badAttributes(draw)
	}
}

// badAttributes are attributes some of which must go.
func badAttributes(draw Draw) map[string]string {
	attributes := map[string]string{"menu": "2"}
	switch draw(6) {
	case 0:
		attributes[""] = "no key"
	case 1:
		attributes[strings.Repeat("k", 64+draw(2))] = "long key"
	case 2:
		attributes["long"] = strings.Repeat("v", 1024+draw(2))
	case 3:
		attributes[pick(draw, []string{"bad\xff", "value"})] = pick(draw, []string{"bad\xff", "good"})
	case 4:
		for i := range 63 + draw(3) {
			attributes[fmt.Sprintf("key%02d", i)] = "v"
		}
	case 5:
		if draw.one(2) { // exactly as much as is allowed, or one byte more
			delete(attributes, "menu")
			attributes["x"] = strings.Repeat("v", 8+draw(2))
			for i := range 16 {
				attributes[fmt.Sprintf("k%02d", i)] = strings.Repeat("v", 1020)
			}
			attributes["l"] = strings.Repeat("v", 6)
			break
		}
		for i := range 17 + draw(3) {
			attributes[fmt.Sprintf("key%02d", i)] = strings.Repeat("v", 1000+draw(25))
		}
	}
	return attributes
}

// again repeats an arrival, word for word or not quite.
func (r *Random) again() acd.Command {
	if len(r.arrivals) == 0 {
		return acd.Command{Type: acd.CmdAdvance}
	}
	cmd := copied(pick(r.draw, r.arrivals))
	switch r.draw(12) {
	case 3:
		cmd.Found = r.found() // which does not count
	case 4:
		cmd.Found = nil
	case 5:
		cmd.Caller += "1"
	case 6:
		cmd.Verified = !cmd.Verified
	case 7:
		cmd.HeadStart++
	case 8:
		cmd.Score = new(float64(42))
	case 9:
		cmd.Attributes = map[string]string{"menu": "other"}
	case 10:
		cmd.Customer += "1"
	}
	return cmd
}

// copied shares nothing with cmd, as a command decoded anew.
func copied(cmd acd.Command) acd.Command {
	cmd.Attributes = maps.Clone(cmd.Attributes)
	cmd.Warnings = slices.Clone(cmd.Warnings)
	cmd.Score = copiedScore(cmd.Score)
	if cmd.Found != nil {
		cmd.Found = new(*cmd.Found)
		cmd.Found.Attributes = maps.Clone(cmd.Found.Attributes)
		cmd.Found.Score = copiedScore(cmd.Found.Score)
	}
	return cmd
}

func copiedScore(score *float64) *float64 {
	if score == nil {
		return nil
	}
	return new(*score)
}
