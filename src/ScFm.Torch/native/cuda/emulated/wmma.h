// Products of tiles by a warp: bfloat16 factors, float32 sums. A lane holds eight numbers of a tile.
#pragma once

namespace nvcuda::wmma {

struct matrix_a;
struct matrix_b;
struct accumulator;
struct row_major;
struct col_major;
enum layout_t { mem_row_major, mem_col_major };

constexpr int kSide = 16, kOfLane = kSide * kSide / 32;

template <class Use, int M, int N, int K, class T, class Layout = void> struct fragment {
    static_assert(M == kSide && N == kSide && K == kSide, "only 16 x 16 x 16 is here");
    static constexpr int num_elements = kOfLane;
    T x[kOfLane];
};

/// The place of a lane's number in its tile.
struct Spot {
    int row, column;
    explicit Spot(int number) : row((threadIdx.x % 32 * kOfLane + number) / kSide), column((threadIdx.x % 32 * kOfLane + number) % kSide) {}
};

/// What the hardware asks of a tile's first number and of the distance of its rows.
template <class T> void expect_aligned(const T* tile, unsigned stride) {
    if (reinterpret_cast<uintptr_t>(tile) % 32 != 0 || stride * sizeof(T) % 16 != 0) throw std::runtime_error("wmma: a tile is not aligned");
}

template <class Use, class T, class Layout> void load_matrix_sync(fragment<Use, kSide, kSide, kSide, T, Layout>& to, const T* tile, unsigned stride) {
    expect_aligned(tile, stride);
    for (int i = 0; i < kOfLane; i++) {
        const Spot at(i);
        to.x[i] = std::is_same_v<Layout, col_major> ? tile[at.column * stride + at.row] : tile[at.row * stride + at.column];
    }
}
inline void load_matrix_sync(fragment<accumulator, kSide, kSide, kSide, float>& to, const float* tile, unsigned stride, layout_t) {
    expect_aligned(tile, stride);
    for (int i = 0; i < kOfLane; i++) to.x[i] = tile[Spot(i).row * stride + Spot(i).column];
}
inline void store_matrix_sync(float* tile, const fragment<accumulator, kSide, kSide, kSide, float>& from, unsigned stride, layout_t) {
    expect_aligned(tile, stride);
    for (int i = 0; i < kOfLane; i++) tile[Spot(i).row * stride + Spot(i).column] = from.x[i];
}
inline void fill_fragment(fragment<accumulator, kSide, kSide, kSide, float>& to, float value) {
    for (float& x : to.x) x = value;
}

template <class Left, class Right>
void mma_sync(fragment<accumulator, kSide, kSide, kSide, float>& sums, const fragment<matrix_a, kSide, kSide, kSide, __nv_bfloat16, Left>& a,
    const fragment<matrix_b, kSide, kSide, kSide, __nv_bfloat16, Right>& b, const fragment<accumulator, kSide, kSide, kSide, float>& add) {
    float* left = scfm::cuda::emulated::warp_tiles();
    float* right = left + kSide * kSide;
    for (int i = 0; i < kOfLane; i++) {
        const Spot at(i);
        left[at.row * kSide + at.column] = __bfloat162float(a.x[i]);
        right[at.row * kSide + at.column] = __bfloat162float(b.x[i]);
    }
    __syncwarp();
    for (int i = 0; i < kOfLane; i++) {
        const Spot at(i);
        float sum = add.x[i];
        for (int k = 0; k < kSide; k++) sum += left[at.row * kSide + k] * right[k * kSide + at.column];
        sums.x[i] = sum;
    }
    __syncwarp();
}

}  // namespace nvcuda::wmma
