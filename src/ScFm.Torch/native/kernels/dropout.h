// What dropout sets to zero, made again for the gradient from a seed instead of kept.
#pragma once

#include "hash.h"
#include "kernels.h"
#include "simd.h"

namespace scfm::SCFM_ISA {

/// A row's vectors times 0 or 1 / (1 - p), by a hash of their place.
class KeptOf {
public:
    explicit KeptOf(const Dropout& d)
        : seed_(d.seed), below_(static_cast<uint32_t>(d.share * 4294967296.0)), scale_(broadcast(static_cast<float>(1 / (1 - d.share)))), on_(d.share > 0) {}

    SCFM_INLINE uint32_t line(int64_t row) const { return on_ ? static_cast<uint32_t>(mix(seed_ ^ mix(static_cast<uint64_t>(row)))) : 0; }

    /// The vector that begins at a column.
    SCFM_INLINE Vec operator()(Vec values, uint32_t line, int64_t column) const {
        if (!on_) return values;
        Places x;
        for (int lane = 0; lane < kLanes; lane++) x[lane] = static_cast<uint32_t>(lane);
        const Places chance = chances(line, x + static_cast<uint32_t>(column));
        return where_all(reinterpret_cast<Ints>(chance >= below_), values * scale_);
    }

private:
    using Places = uint32_t __attribute__((vector_size(4 * kLanes)));

    static SCFM_INLINE Vec where_all(Ints bits, Vec values) { return reinterpret_cast<Vec>(reinterpret_cast<Ints>(values) & bits); }

    uint64_t seed_;
    uint32_t below_;
    Vec scale_;
    bool on_;
};

}  // namespace scfm::SCFM_ISA
