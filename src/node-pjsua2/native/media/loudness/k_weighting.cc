#include "media/loudness/k_weighting.h"

#include <cmath>

namespace np {
namespace {

// The Recommendation gives coefficients for 48 kHz and asks for the same response at other rates. These are the
// analogue filters whose bilinear transforms at 48 kHz have those coefficients.
constexpr double shelfHz = 1681.974450955533;
constexpr double shelfDb = 3.999843853973347;
constexpr double shelfQ = 0.7071752369554196;
constexpr double shelfBend = 0.4996667741545416;  // the gain at the corner is the shelf's gain to this power
constexpr double highPassHz = 38.13547087602444;
constexpr double highPassQ = 0.5003270373238773;
constexpr unsigned tabledRate = 48000;

double warped(double hertz, unsigned rate) { return std::tan(std::acos(-1.0) * hertz / rate); }

double highPassNorm(unsigned rate) {
  const double k = warped(highPassHz, rate);
  return 1 + k / highPassQ + k * k;
}

}  // namespace

KWeighting::KWeighting(unsigned rate) : shelf_(shelfAt(rate)), highPass_(highPassAt(rate)) {}

KWeighting::Section KWeighting::shelfAt(unsigned rate) {
  const double k = warped(shelfHz, rate);
  const double top = std::pow(10, shelfDb / 20);
  const double bend = std::pow(top, shelfBend);
  const double norm = 1 + k / shelfQ + k * k;
  return {(top + bend * k / shelfQ + k * k) / norm, 2 * (k * k - top) / norm, (top - bend * k / shelfQ + k * k) / norm,
          2 * (k * k - 1) / norm, (1 - k / shelfQ + k * k) / norm};
}

// The table's numerator is 1, -2, 1, which amplifies high frequencies a little; this is kept at every rate.
KWeighting::Section KWeighting::highPassAt(unsigned rate) {
  const double k = warped(highPassHz, rate);
  const double norm = highPassNorm(rate);
  const double pass = highPassNorm(tabledRate) / norm;
  return {pass, -2 * pass, pass, 2 * (k * k - 1) / norm, (1 - k / highPassQ + k * k) / norm};
}

}  // namespace np
