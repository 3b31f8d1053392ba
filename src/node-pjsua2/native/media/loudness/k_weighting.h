// How much each frequency adds to loudness: the K-weighting of Recommendation ITU-R BS.1770-4, Annex 1.
#pragma once

namespace np {

class KWeighting {
 public:
  // `rate` is the sample rate in Hz.
  explicit KWeighting(unsigned rate);

  double weigh(double sample) { return highPass_.filter(shelf_.filter(sample)); }

 private:
  // A second-order filter in transposed direct form II.
  struct Section {
    double b0, b1, b2, a1, a2;
    double one = 0, two = 0;

    double filter(double in) {
      const double out = b0 * in + one;
      one = b1 * in - a1 * out + two;
      two = b2 * in - a2 * out;
      return out;
    }
  };

  static Section shelfAt(unsigned rate);
  static Section highPassAt(unsigned rate);

  Section shelf_;     // stage 1: the head boosts frequencies above 1 kHz
  Section highPass_;  // stage 2: low frequencies count less (RLB)
};

}  // namespace np
