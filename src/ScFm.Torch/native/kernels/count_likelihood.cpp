// The probability of counts under negative binomial distributions, with or without additional zeros, and its derivatives in the same pass.
//
// What a zero has, every gene is given, in whole vectors; what a count has besides is computed for the counts that are there.
// Sources: Lopez et al. 2018 (scVI), Methods, with the reference's guard of 1e-8 within logarithms; Stirling's series for the gamma functions
// (Abramowitz and Stegun, 6.1.40 and 6.3.18), from arguments of 4 on, where it is exact to a float's last digits: smaller ones are moved there by
// gamma(z + 1) = z gamma(z). Terms that grow with a count are joined before they are computed, so that large counts keep their digits.
#include "kernels.h"
#include "memory.h"
#include "simd.h"

namespace scfm::SCFM_ISA {

namespace {

constexpr int64_t kCells = 4;  ///< cells of a task
constexpr float kGuard = 1e-8f;

/// What Stirling's formula lacks of log gamma(z), and of its derivative.
SCFM_INLINE Vec stirling_rest(Vec inverse) {
    constexpr float c[] = {1 / 12.0f, -1 / 360.0f, 1 / 1260.0f};
    return inverse * polynomial(inverse * inverse, c, 2);
}
SCFM_INLINE Vec stirling_rest_slope(Vec inverse) {
    constexpr float c[] = {-1 / 12.0f, 1 / 120.0f, -1 / 252.0f};
    const Vec square = inverse * inverse;
    return square * polynomial(square, c, 2);
}

/// log(1 + e^x) and its derivative.
struct Softplus {
    Vec value, slope;

    SCFM_INLINE explicit Softplus(Vec x) {
        const Vec small = exp(min(x, zero() - x)), inverse = broadcast(1) / (broadcast(1) + small);
        value = max(zero(), x) + log1p(small);  // in this order NaN stays
        slope = small * inverse + where_positive(x, inverse - small * inverse);
    }
};

/// The distribution of a gene's count before additional zeros.
struct Gene {
    Vec rate, theta, inverse;  ///< inverse of their guarded sum

    SCFM_INLINE Gene(Vec rate, Vec theta) : rate(rate), theta(theta), inverse(broadcast(1) / (theta + rate + broadcast(kGuard))) {}
};

/// A part of a count's log-probability, and its derivatives by the logarithm of the rate and by theta.
struct Part {
    Vec value, rate_slope, theta_slope;
};

/// What a zero has.
SCFM_INLINE Part of_zero(const Gene& g) {
    const Vec odds = g.rate / (g.theta + broadcast(kGuard)), logarithm = log1p(odds), share = g.theta * g.inverse;
    return {zero() - g.theta * logarithm, zero() - share * g.rate, share * odds - logarithm};
}

/// What a count has besides: log gamma(x + theta) - log gamma(theta) - log x! + x log(rate / (theta + rate)).
SCFM_INLINE Part of_count(Vec x, const Gene& g) {
    constexpr float kRest = 5 - 0.91893853320467274f;  // of Stirling's formula, - log(2 pi) / 2
    const Vec one = broadcast(1), two = broadcast(2), three = broadcast(3), theta = g.theta, rate = g.rate + broadcast(kGuard);
    const Vec low = theta + broadcast(4), high = x + low, next = x + broadcast(5);  // Stirling's arguments
    const Vec low_inverse = one / low, high_inverse = one / high, next_inverse = one / next;
    const Vec growth = log1p(x * low_inverse);  // log(high / low)

    // the factors of the gamma functions below those arguments: theta (theta + 1) ... (theta + 3), and so for theta + x and for x + 1
    const Vec sum = theta + x, first = theta * (theta + one), second = (theta + two) * (theta + three);
    const Vec first_inverse = one / (sum * (sum + one)), second_inverse = one / ((sum + two) * (sum + three));
    const Vec factors = first * first_inverse * ((x + one) * (x + two)) * (second * second_inverse * ((x + three) * (x + broadcast(4))));
    // 1 / (theta + k) - 1 / (theta + x + k) for each of the four, two at a time
    const Vec pairs = (theta * sum + (theta + one) * (sum + one)) / first * first_inverse + ((theta + two) * (sum + two) + (theta + three) * (sum + three)) / second * second_inverse;

    return {
        x * log(rate * g.inverse * (high * next_inverse)) + (low - broadcast(0.5f)) * growth - broadcast(4.5f) * log(next) + log(factors)
            + (broadcast(kRest) + stirling_rest(high_inverse) - stirling_rest(low_inverse) - stirling_rest(next_inverse)),
        x * theta * g.inverse * (g.rate / rate),
        growth - x * g.inverse + x * (broadcast(0.5f) * low_inverse * high_inverse + pairs) + stirling_rest_slope(high_inverse) - stirling_rest_slope(low_inverse),
    };
}

/// What is made of a cell on the way, a row of genes each.
struct Rows {
    float *rate, *rate_slope, *theta_slope, *zero_slope;
};

/// Adds the first lanes of a vector at places of a row.
SCFM_INLINE void add_at(float* row, const int32_t* places, int64_t count, Vec values) {
    alignas(64) float each[kLanes];
    store(each, values);
    for (int64_t i = 0; i < count; i++) row[places[i]] += each[i];
}

template <bool Inflated> void cell_likelihood(const CountLikelihood& p, int64_t cell, const Rows& rows) {
    const float *logits = p.logits + cell * p.genes, *theta = p.dispersion + cell * p.dispersion_stride, *zero_logits = p.zero_logits + (Inflated ? cell * p.genes : 0);

    Vec tops = broadcast(-INFINITY), exponentials = zero();
    for (int64_t i = 0; i < p.genes; i += kLanes) tops = max(tops, keep_first(load_up_to(logits + i, p.genes - i), least(kLanes, p.genes - i), tops));
    const Vec top = broadcast(largest(tops));
    for (int64_t i = 0; i < p.genes; i += kLanes) {
        const int64_t here = least(kLanes, p.genes - i);
        const Vec e = keep_first(exp(load_up_to(logits + i, here) - top), here, zero());  // behind the last gene all is 0 from here on
        exponentials = exponentials + e;
        store(rows.rate + i, e);
    }
    const float total = sum(exponentials);
    const Vec size = broadcast(std::exp(p.library[cell]) / total);

    Vec zeros = zero(), seen = zero();
    for (int64_t i = 0; i < p.genes; i += kLanes) {
        const Gene gene(load(rows.rate + i) * size, load_up_to(theta + i, p.genes - i));
        Part z = of_zero(gene);
        if (Inflated) {
            const Vec logit = load_up_to(zero_logits + i, p.genes - i);
            const Softplus both(z.value - logit), none(zero() - logit);
            z = {both.value - none.value, z.rate_slope * both.slope, z.theta_slope * both.slope};
            store(rows.zero_slope + i, none.slope - both.slope);
        }
        zeros = zeros + z.value;
        store(rows.rate + i, gene.rate);
        store(rows.rate_slope + i, z.rate_slope);
        store(rows.theta_slope + i, z.theta_slope);
    }
    for (int64_t i = p.cells.offsets[cell], last = p.cells.offsets[cell + 1]; i < last; i += kLanes) {
        const int64_t here = least(kLanes, last - i);
        const int32_t* places = p.gene + i;
        const Gene gene(gather(rows.rate, places, here), gather(theta, places, here));
        Part s = of_count(load_up_to(p.count + i, here), gene);
        if (Inflated) {  // softplus(a) is what a zero has; softplus(a) - softplus(-a) = a is what a count has
            const Part z = of_zero(gene);
            const Softplus only(gather(zero_logits, places, here) - z.value);
            s = {s.value - only.value, s.rate_slope + only.slope * z.rate_slope, s.theta_slope + only.slope * z.theta_slope};
            add_at(rows.zero_slope, places, here, zero() - only.slope);
        }
        seen = seen + keep_first(s.value, here, zero());
        add_at(rows.rate_slope, places, here, s.rate_slope);
        add_at(rows.theta_slope, places, here, s.theta_slope);
    }
    p.log_probability[cell] = sum(zeros) + sum(seen);
    if (!p.logits_slope) return;

    Vec slopes = zero();
    for (int64_t i = 0; i < p.genes; i += kLanes) slopes = slopes + load(rows.rate_slope + i);
    const float slope = sum(slopes);
    p.library_slope[cell] = slope;
    const Vec of_share = broadcast(slope * std::exp(-p.library[cell]));
    for (int64_t i = 0; i < p.genes; i += kLanes) {
        const int64_t at = cell * p.genes + i, left = p.genes - i;
        store_up_to(p.logits_slope + at, load(rows.rate_slope + i) - load(rows.rate + i) * of_share, left);
        store_up_to(p.dispersion_slope + at, load(rows.theta_slope + i), left);
        if (Inflated) store_up_to(p.zero_logits_slope + at, load(rows.zero_slope + i), left);
    }
}

}  // namespace

void count_likelihood(const CountLikelihood& p, const Pool& pool) {
    pool.for_each((p.cells.count + kCells - 1) / kCells, [&](int64_t task) {
        const int64_t width = vectors_for(p.genes) * kLanes;
        float* room = scratch(Slot::block, 4 * width);
        const Rows rows{room, room + width, room + 2 * width, room + 3 * width};
        for (int64_t cell = task * kCells, last = least(cell + kCells, p.cells.count); cell < last; cell++)
            p.zero_logits ? cell_likelihood<true>(p, cell, rows) : cell_likelihood<false>(p, cell, rows);
    });
}

void count_likelihood_gradient(const CountLikelihoodGradient& g, const Pool& pool) {
    constexpr int kVectors = 16;  // of a task: rows are read in long pieces
    constexpr int64_t kGenes = kVectors * kLanes;
    pool.for_each((g.genes + kGenes - 1) / kGenes, [&](int64_t task) {
        const int64_t first = task * kGenes, vectors = vectors_for(least(kGenes, g.genes - first));
        Vec sums[kVectors];
        for (Vec& each : sums) each = zero();
        for (int64_t cell = 0; cell < g.cells; cell++) {
            const Vec weight = broadcast(g.weight[cell]);
            for (int64_t n = 0; n < vectors; n++) {
                const int64_t gene = first + n * kLanes, at = cell * g.genes + gene, left = g.genes - gene;
                auto weighted = [&](const float* slopes) __attribute__((always_inline)) { return weight * load_up_to(slopes + at, left); };
                store_up_to(g.logits + at, weighted(g.logits_slope), left);
                if (g.shared) sums[n] = sums[n] + weighted(g.dispersion_slope);
                else store_up_to(g.dispersion + at, weighted(g.dispersion_slope), left);
                if (g.zero_logits) store_up_to(g.zero_logits + at, weighted(g.zero_logits_slope), left);
            }
        }
        if (!g.shared) return;
        for (int64_t n = 0; n < vectors; n++) store_up_to(g.dispersion + first + n * kLanes, sums[n], g.genes - first - n * kLanes);
    });
}

}  // namespace scfm::SCFM_ISA
