// Products and attention of factors in bfloat16, summed in float32, for processors that multiply pairs of them.
#include "attention.h"
#include "product.h"

namespace scfm::SCFM_ISA {

namespace {

/// Two numbers in a word: the one with the lower index in the lower half.
struct BFloat16 {
    using Word = uint32_t;
    static constexpr int64_t kPerWord = 2;
    static SCFM_INLINE Vec words(const Word* p) { return _mm512_castsi512_ps(_mm512_loadu_si512(p)); }
    static SCFM_INLINE Vec same(Word x) { return _mm512_castsi512_ps(_mm512_set1_epi32(static_cast<int>(x))); }
    static SCFM_INLINE Vec add_products(Vec a, Vec b, Vec sum) { return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b)); }
    static SCFM_INLINE Vec pack(Vec low, Vec high) { return reinterpret_cast<Vec>(_mm512_cvtne2ps_pbh(high, low)); }
    static SCFM_INLINE Vec of_row(const float* row, int64_t floats) { return pack(Float32::of_row(row, floats), Float32::of_row(row + kLanes, floats - kLanes)); }
    static SCFM_INLINE Vec of_row(const float* row, int64_t floats, float factor) {
        return pack(Float32::of_row(row, floats, factor), Float32::of_row(row + kLanes, floats - kLanes, factor));
    }
    static SCFM_INLINE Vec of_rows(Vec first, Vec second) {
        // all of the first row's halves, then all of the second's: bring those of a column together
        const __m512i halves = _mm512_castps_si512(pack(first, second));
        const __m512i low = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(halves)), high = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(halves, 1));
        return _mm512_castsi512_ps(_mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
    }
    static SCFM_INLINE void put(Word* p, Vec words) { _mm512_storeu_si512(p, _mm512_castps_si512(words)); }
    static SCFM_INLINE void put_pair(float* line, int64_t place, Vec a, Vec b) { store(line + place / 2, pack(a, b)); }
};

}  // namespace

void product_bfloat16(const Product& p, const Pool& pool) {
    const int64_t words = (p.inner + 1) / 2;
    const Memory memory(p.rows * words);
    auto* left = reinterpret_cast<uint32_t*>(memory.floats);
    const Packing pack(p.inner);
    constexpr int64_t kRowsOfTask = 64;
    pool.for_each((p.rows + kRowsOfTask - 1) / kRowsOfTask, [&](int64_t task) {
        const int64_t row = task * kRowsOfTask;
        pack.words_of<BFloat16>(p.left + row * p.left_stride, p.left_stride, least(kRowsOfTask, p.rows - row), 1, left + row * words);
    });
    product_of_words<BFloat16>(p, left, words, pool);
}

void attention_bfloat16(const Attention& a, const Pool& pool) { attention_of<BFloat16>(a, pool); }

extern const ShortKernels short_table;
const ShortKernels short_table{product_bfloat16, attention_bfloat16};

}  // namespace scfm::SCFM_ISA
