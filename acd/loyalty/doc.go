// Package loyalty turns what a customer did and said into a score that chooses a
// tier, and into a warning where the two disagree.
//
// Mrs Sato has bought eight times this year. A shop that looks at its till alone
// calls her loyal. But in the last survey she gave it a 2 out of 10: she buys
// there because it is on her way, and the day another shop opens she is gone.
// Mr Mori bought once, and recommends the shop to everyone he knows. So two
// things are measured, each by itself, and only then put together:
//
//   - behaviour: how recently, how often and for how much somebody bought, each
//     graded by bands. Bands are fixed, or the quintiles of all customers
//     ([Rules.Quintiles]), which are data too, so that later a single customer
//     is graded by the same ones;
//   - attitude: answers to surveys, each put on one scale from 0 to 100
//     ([Scale]), averaged within a window, the latest counting more if wished.
//
// [Rules.Score] gives the score, the weighted mean of the two, and a quadrant:
//
//	                      attitude favourable    attitude not favourable
//	behaviour high        true                   spurious
//	behaviour not high    latent                 none
//
// A customer who buys much and is unhappy, as Mrs Sato, is at risk. [Result.Found]
// brings all of it to an arriving call: the score chooses the tier of the plan,
// and an entry rule can send a caller with the attribute at_risk=yes to an
// expert:
//
//	{"name": "mend it", "when": {"attributes": {"at_risk": "yes"}}, "queue": "experts"}
//
// Every threshold and weight is data: [Rules], as a struct or as JSON. The
// instant of judgment is an argument; nothing here reads a clock.
//
// # What is missing
//
//   - No answers (within the window): the attitude is unknown, and the result
//     says so. The score is the behaviour alone. For the quadrant the attitude
//     is taken as neutral, 50, which by the default rules is not favourable. At
//     risk is only who said to be unhappy.
//   - No purchases: the behaviour is 0 and all grades are 0.
//   - New customers, who bought for the first time a short while ago or not yet,
//     are marked as new: low frequency and little money say nothing yet about
//     them. Their score is not changed.
//   - A refund, a purchase with a negative amount, lowers the money, which may
//     become negative. It is no purchase: it does not count for recency and
//     frequency, and takes neither back.
//
// # What it cannot tell
//
// A score sums up the past. It is no forecast of what somebody will buy, nor of
// whether they come back. In particular, more purchases never lower the score
// here; and yet, of two customers who were both last seen a year ago, the one
// who used to come every week has more probably gone for good than the one who
// comes once a year. Models of the single customer's rhythm know this, sums of
// grades cannot. Nor is an answer a deed: how well the readiness to recommend
// foretells growth is disputed. The weights are choices, not findings. And those
// who answer surveys are not all customers.
//
// # Sources
//
//   - The quadrants, relative attitude and repeat patronage: A. S. Dick and
//     K. Basu, "Customer Loyalty: Toward an Integrated Conceptual Framework",
//     Journal of the Academy of Marketing Science 22(2), 1994, doi:10.1177/0092070394222001.
//     Their attitude is relative, to what the competitors offer; a survey about
//     one company stands in for it.
//   - What recency, frequency and money mean for the future, and the paradox of
//     frequency above: P. S. Fader, B. G. S. Hardie and K. L. Lee, "RFM and CLV:
//     Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing
//     Research 42(4), 2005, doi:10.1509/jmkr.2005.42.4.415.
//   - The question of 0 to 10, with promoters from 9 and detractors up to 6:
//     F. F. Reichheld, "The One Number You Need to Grow", Harvard Business
//     Review 81(12), 2003.
package loyalty
