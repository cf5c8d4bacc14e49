// Vectors of floats, as wide as this translation unit is compiled for.
//
// Every kernel is compiled once for each instruction set (see CMakeLists.txt) into a namespace of that name, and picked at run time.
// These files know nothing of tensors and use no library templates: a template compiled here would be linked for the whole program.
#pragma once

#include <immintrin.h>

#include <cmath>
#include <cstdint>

#if defined(__AVX512F__)
#define SCFM_ISA avx512
#else
#define SCFM_ISA avx2
#endif

#define SCFM_INLINE inline __attribute__((always_inline))

namespace scfm::SCFM_ISA {

#if defined(__AVX512F__)
using Vec = __m512;
using Ints = int __attribute__((vector_size(64)));
constexpr int kLanes = 16;
constexpr int kPanelVectors = 4;  ///< 6 x 4 accumulators, 4 factors and a broadcast fill 29 of 32 registers
SCFM_INLINE Vec load(const float* p) { return _mm512_loadu_ps(p); }
SCFM_INLINE void store(float* p, Vec v) { _mm512_storeu_ps(p, v); }
SCFM_INLINE Vec broadcast(float x) { return _mm512_set1_ps(x); }
SCFM_INLINE Vec fma(Vec a, Vec b, Vec c) { return _mm512_fmadd_ps(a, b, c); }
SCFM_INLINE Vec max(Vec a, Vec b) { return _mm512_max_ps(a, b); }
SCFM_INLINE Vec min(Vec a, Vec b) { return _mm512_min_ps(a, b); }
SCFM_INLINE Vec sqrt(Vec a) { return _mm512_sqrt_ps(a); }
SCFM_INLINE Vec round(Vec a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
/// a * 2^n for an integral n; below the smallest number the result is 0.
SCFM_INLINE Vec scale_by_power(Vec a, Vec n) { return _mm512_scalef_ps(a, n); }
SCFM_INLINE Vec load_first(const float* p, int64_t count) { return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << count) - 1), p); }
SCFM_INLINE void store_first(float* p, Vec v, int64_t count) { _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << count) - 1), v); }
/// The first `count` lanes of `a`, then those of `other`.
SCFM_INLINE Vec keep_first(Vec a, int64_t count, Vec other) { return _mm512_mask_blend_ps(static_cast<__mmask16>((1u << count) - 1), other, a); }
SCFM_INLINE Vec where_positive(Vec condition, Vec a) { return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(condition, _mm512_setzero_ps(), _CMP_GT_OQ), a); }
SCFM_INLINE Vec where_equal(Vec a, Vec b, Vec c) { return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ), c); }
SCFM_INLINE float sum(Vec a) { return _mm512_reduce_add_ps(a); }
/// table[indices[0]], table[indices[1]], ... for the first `count` lanes; 1 in the others.
SCFM_INLINE Vec gather(const float* table, const int32_t* indices, int64_t count) {
    const auto lanes = static_cast<__mmask16>((1u << count) - 1);
    return _mm512_mask_i32gather_ps(broadcast(1), lanes, _mm512_maskz_loadu_epi32(lanes, indices), table, 4);
}
/// x = mantissa * 2^exponent with a mantissa in [0.75, 1.5), for an x of 0 or more.
SCFM_INLINE void split(Vec x, Vec& mantissa, Vec& exponent) {
    mantissa = _mm512_getmant_ps(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
    const Vec floor = _mm512_getexp_ps(x);
    exponent = _mm512_mask_add_ps(floor, _mm512_cmp_ps_mask(mantissa, broadcast(1), _CMP_LT_OQ), floor, broadcast(1));
}
SCFM_INLINE float largest(Vec a) { return _mm512_reduce_max_ps(a); }
#else
using Vec = __m256;
using Ints = int __attribute__((vector_size(32)));
constexpr int kLanes = 8;
constexpr int kPanelVectors = 2;  ///< 6 x 2 accumulators, 2 factors and a broadcast fill 15 of 16 registers
SCFM_INLINE __m256i first_lanes(int64_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
SCFM_INLINE Vec load(const float* p) { return _mm256_loadu_ps(p); }
SCFM_INLINE void store(float* p, Vec v) { _mm256_storeu_ps(p, v); }
SCFM_INLINE Vec broadcast(float x) { return _mm256_set1_ps(x); }
SCFM_INLINE Vec fma(Vec a, Vec b, Vec c) { return _mm256_fmadd_ps(a, b, c); }
SCFM_INLINE Vec max(Vec a, Vec b) { return _mm256_max_ps(a, b); }
SCFM_INLINE Vec min(Vec a, Vec b) { return _mm256_min_ps(a, b); }
SCFM_INLINE Vec sqrt(Vec a) { return _mm256_sqrt_ps(a); }
SCFM_INLINE Vec round(Vec a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
SCFM_INLINE Vec scale_by_power(Vec a, Vec n) {
    const Vec small = _mm256_cmp_ps(n, broadcast(-126), _CMP_LT_OQ);
    const __m256i exponent = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(max(n, broadcast(-126))), _mm256_set1_epi32(127)), 23);
    return _mm256_andnot_ps(small, a * _mm256_castsi256_ps(exponent));
}
SCFM_INLINE Vec load_first(const float* p, int64_t count) { return _mm256_maskload_ps(p, first_lanes(count)); }
SCFM_INLINE void store_first(float* p, Vec v, int64_t count) { _mm256_maskstore_ps(p, first_lanes(count), v); }
SCFM_INLINE Vec keep_first(Vec a, int64_t count, Vec other) { return _mm256_blendv_ps(other, a, _mm256_castsi256_ps(first_lanes(count))); }
SCFM_INLINE Vec where_positive(Vec condition, Vec a) { return _mm256_and_ps(_mm256_cmp_ps(condition, _mm256_setzero_ps(), _CMP_GT_OQ), a); }
SCFM_INLINE Vec where_equal(Vec a, Vec b, Vec c) { return _mm256_and_ps(_mm256_cmp_ps(a, b, _CMP_EQ_OQ), c); }
SCFM_INLINE Vec gather(const float* table, const int32_t* indices, int64_t count) {
    const __m256i lanes = first_lanes(count);
    return _mm256_mask_i32gather_ps(broadcast(1), table, _mm256_maskload_epi32(indices, lanes), _mm256_castsi256_ps(lanes), 4);
}
SCFM_INLINE void split(Vec x, Vec& mantissa, Vec& exponent) {
    const __m256i bits = _mm256_castps_si256(x), steps = _mm256_srai_epi32(_mm256_sub_epi32(bits, _mm256_set1_epi32(0x3f400000)), 23);
    mantissa = _mm256_castsi256_ps(_mm256_sub_epi32(bits, _mm256_slli_epi32(steps, 23)));
    exponent = _mm256_cvtepi32_ps(steps);
}
SCFM_INLINE float sum(Vec a) {
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}
SCFM_INLINE float largest(Vec a) {
    __m128 half = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    half = _mm_max_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_max_ss(half, _mm_movehdup_ps(half)));
}
#endif

constexpr int kPanel = kPanelVectors * kLanes;  ///< columns of a packed panel
constexpr int kRows = 6;                        ///< rows of a tile of accumulators
constexpr float kLog2E = 1.44269504088896341f;

SCFM_INLINE Vec zero() { return broadcast(0); }
SCFM_INLINE int64_t vectors_for(int64_t columns) { return (columns + kLanes - 1) / kLanes; }
SCFM_INLINE int64_t panels_for(int64_t columns) { return (columns + kPanel - 1) / kPanel; }
SCFM_INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/// As many lanes as there are behind p, at most a whole vector; the others are 0.
SCFM_INLINE Vec load_up_to(const float* p, int64_t count) { return count >= kLanes ? load(p) : count > 0 ? load_first(p, count) : zero(); }
SCFM_INLINE void store_up_to(float* p, Vec v, int64_t count) {
    if (count >= kLanes) store(p, v);
    else if (count > 0) store_first(p, v, count);
}

SCFM_INLINE Vec polynomial(Vec x, const float* coefficients, int degree) {
    Vec value = broadcast(coefficients[degree]);
#pragma GCC unroll 8
    for (int i = degree - 1; i >= 0; i--) value = fma(value, x, broadcast(coefficients[i]));
    return value;
}

/// 2^x of a finite x, relative error below 2e-7; 0 where it is less than the smallest number. Coefficients: minimax fit of degree 5 on [-0.5, 0.5].
SCFM_INLINE Vec exp2(Vec x) {
    constexpr float c[] = {1.0000000716546562f, 0.6931469670638464f, 0.24022119723935875f, 0.0555071327499136f, 0.0096755413306011f, 0.0013276471509715f};
    const Vec whole = round(x);
    return scale_by_power(polynomial(x - whole, c, 5), whole);
}

/// e^x, relative error below 1e-7; 0 for minus infinity. Coefficients: minimax fit of degree 6 on [-ln2/2, ln2/2].
SCFM_INLINE Vec exp(Vec x) {
    constexpr float c[] = {1.0f, 1.0000000363271746f, 0.49999992078908f, 0.16666420151790f, 0.04166822569185f, 0.00837481732861f, 0.00138368436681f};
    x = max(broadcast(-140), x);  // in this order NaN stays
    const Vec whole = round(x * broadcast(kLog2E));
    Vec rest = fma(whole, broadcast(-0.693359375f), x);  // ln 2 in two parts, the first exact in few bits
    rest = fma(whole, broadcast(2.12194440e-4f), rest);
    return scale_by_power(polynomial(rest, c, 6), whole);
}

/// exponent * ln 2 + log(1 + x), of an x of -0.25 to 0.5; relative error of the logarithm below 1.3e-7. Coefficients: minimax fit of degree 7.
SCFM_INLINE Vec log_of(Vec x, Vec exponent) {
    constexpr float c[] = {0.3333344913f, -0.2500009606f, 0.1999086104f, -0.1664730386f, 0.1447838028f, -0.1316125951f, 0.104632499f, -0.04507668715f};
    const Vec square = x * x;
    Vec value = fma(square * x, polynomial(x, c, 7), exponent * broadcast(-2.12194440e-4f));
    value = fma(square, broadcast(-0.5f), value);
    return fma(exponent, broadcast(0.693359375f), value + x);
}

/// The natural logarithm of a number above 1e-37; NaN where it is not finite.
SCFM_INLINE Vec log(Vec x) {
    Vec mantissa, exponent;
    split(x, mantissa, exponent);
    return log_of(mantissa - broadcast(1), exponent) + (x - x);
}

/// log(1 + x) of an x of 0 or more, without the rounding of 1 + x; NaN where it is not finite.
SCFM_INLINE Vec log1p(Vec x) {
    const Vec larger = x + broadcast(1), lost = x - (larger - broadcast(1));
    Vec mantissa, exponent;
    split(larger, mantissa, exponent);
    return log_of((mantissa - broadcast(1)) + scale_by_power(lost, zero() - exponent), exponent);
}

/// The error function, absolute error below 4e-7. Coefficients: rational minimax fit of erf(x)/x in x^2 on [0, 4].
SCFM_INLINE Vec erf(Vec x) {
    constexpr float p[] = {1.1283791393220f, 0.1935451555622f, 0.0531017471103f, 0.0038833444525f, 0.0002845653977f, 1.98677549e-06f};
    constexpr float q[] = {1.0f, 0.5048574837920f, 0.1153500287203f, 0.0152072529604f, 0.0011855702522f, 3.7420076170e-05f};
    x = max(min(x, broadcast(4)), broadcast(-4));
    const Vec square = x * x;
    const Vec value = x * polynomial(square, p, 5) / polynomial(square, q, 5);
    return max(min(value, broadcast(1)), broadcast(-1));
}

/// Transposes a square of kLanes x kLanes by exchanging ever larger blocks across the diagonal.
SCFM_INLINE void transpose(Vec (&rows)[kLanes]) {
#pragma GCC unroll 4
    for (int size = 1; size < kLanes; size *= 2) {
        Ints low, high;  // which lane of the pair of rows goes where; below kLanes means the first row
        for (int lane = 0; lane < kLanes; lane++) {
            low[lane] = (lane & size) ? kLanes + (lane ^ size) : lane;
            high[lane] = (lane & size) ? kLanes + lane : (lane ^ size);
        }
#pragma GCC unroll 16
        for (int i = 0; i < kLanes; i++) {
            if (i & size) continue;
            const Vec a = rows[i], b = rows[i | size];
            rows[i] = __builtin_shuffle(a, b, low);
            rows[i | size] = __builtin_shuffle(a, b, high);
        }
    }
}

}  // namespace scfm::SCFM_ISA
