// How the kernels that work within cells share out their work.
#pragma once

#include "kernels.h"
#include "simd.h"

namespace scfm::SCFM_ISA {

/// A task of the kernels that work within cells: a head of a cell, and a block of its rows.
struct Place {
    int64_t cell, begin, end, head, first, last;

    static int64_t blocks(const Segments& cells, int64_t cell, int64_t size) { return (cells.offsets[cell + 1] - cells.offsets[cell] + size - 1) / size; }
    static int64_t count(const Segments& cells, int64_t heads, int64_t size) {
        int64_t all = 0;
        for (int64_t cell = 0; cell < cells.count; cell++) all += heads * blocks(cells, cell, size);
        return all;
    }
    static Place of(const Segments& cells, int64_t heads, int64_t size, int64_t task) {
        int64_t cell = 0;
        for (; task >= heads * blocks(cells, cell, size); cell++) task -= heads * blocks(cells, cell, size);
        const int64_t here = blocks(cells, cell, size), begin = cells.offsets[cell], end = cells.offsets[cell + 1];
        const int64_t first = begin + task % here * size;
        return {cell, begin, end, task / here, first, least(first + size, end)};
    }
};
constexpr int64_t kWholeCell = int64_t{1} << 40;

}  // namespace scfm::SCFM_ISA
