// Draws from independent normal distributions that gradients pass through, and the distributions' divergence from a prior.
// Source: Kingma and Welling 2014, section 2.4 and appendix B.
#include "kernels.h"
#include "simd.h"

namespace scfm::SCFM_ISA {

namespace {

/// The whole vectors of a row and what is left: body(place in the matrix, how many lanes).
template <class Body> SCFM_INLINE void for_vectors(const NormalDraw& d, int64_t row, Body&& body) {
    for (int64_t i = 0; i < d.width; i += kLanes) body(row * d.width + i, d.width - i);
}

/// A vector of the prior; behind the last value, and where there is none, it is the standard normal distribution's.
struct Prior {
    Vec mean, inverse_variance;

    SCFM_INLINE Prior(const NormalDraw& d, int64_t at, int64_t left)
        : mean(d.prior_mean ? load_up_to(d.prior_mean + at, left) : zero()),
          inverse_variance(d.prior_variance ? broadcast(1) / ones_behind(d.prior_variance + at, left) : broadcast(1)) {}

    static SCFM_INLINE Vec ones_behind(const float* p, int64_t left) { return keep_first(load_up_to(p, left), left < kLanes ? left : kLanes, broadcast(1)); }
};

}  // namespace

void normal_draw(const NormalDraw& d, float* draw, float* divergence, const Pool&) {
    for (int64_t row = 0; row < d.rows; row++) {
        Vec sum = zero();
        for_vectors(d, row, [&](int64_t at, int64_t left) __attribute__((always_inline)) {
            const Prior prior(d, at, left);
            const Vec mean = load_up_to(d.mean + at, left), variance = Prior::ones_behind(d.variance + at, left), away = mean - prior.mean, ratio = variance * prior.inverse_variance;
            store_up_to(draw + at, fma(sqrt(variance), load_up_to(d.noise + at, left), mean), left);
            const Vec each = fma(away * prior.inverse_variance, away, ratio - broadcast(1) - log(ratio));
            sum = sum + keep_first(each, left < kLanes ? left : kLanes, zero());
        });
        divergence[row] = 0.5f * scfm::SCFM_ISA::sum(sum);
    }
}

void normal_draw_gradient(const NormalDraw& d, const float* draw_gradient, const float* divergence_gradient, float* mean_gradient, float* variance_gradient, const Pool&) {
    for (int64_t row = 0; row < d.rows; row++) {
        const Vec outer = broadcast(divergence_gradient[row]), half = broadcast(0.5f);
        for_vectors(d, row, [&](int64_t at, int64_t left) __attribute__((always_inline)) {
            const Prior prior(d, at, left);
            const Vec given = load_up_to(draw_gradient + at, left), variance = Prior::ones_behind(d.variance + at, left);
            store_up_to(mean_gradient + at, fma(outer * prior.inverse_variance, load_up_to(d.mean + at, left) - prior.mean, given), left);
            const Vec of_draw = given * load_up_to(d.noise + at, left) / sqrt(variance), of_divergence = outer * (prior.inverse_variance - broadcast(1) / variance);
            store_up_to(variance_gradient + at, half * (of_draw + of_divergence), left);
        });
    }
}

}  // namespace scfm::SCFM_ISA
