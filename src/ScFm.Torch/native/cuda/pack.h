// Neighbouring numbers of a row, read and written at once.
#pragma once

#include "device.h"

#include <cstdint>
#include <initializer_list>
#include <type_traits>

namespace scfm::cuda {

constexpr int kPack = 4;  ///< 16 bytes a lane of float32, 8 of bfloat16
template <class T, int kNumbers> struct alignas(kNumbers * sizeof(T)) Pack {
    T each[kNumbers];
};
template <int kNumbers, class T> __device__ Pack<T, kNumbers> load(const T* from) { return *reinterpret_cast<const Pack<T, kNumbers>*>(from); }
template <int kNumbers, class T> __device__ void store(T* to, const Pack<T, kNumbers>& pack) { *reinterpret_cast<Pack<T, kNumbers>*>(to) = pack; }

/// body(i) for the first column of every pack, by the lanes of a warp.
template <int kNumbers, class Body> __device__ void for_packs(int columns, Body&& body) {
    for (int i = lane() * kNumbers; i < columns; i += kWarp * kNumbers) body(i);
}

/// body(how many) with the numbers that are read at once, as a type: kPack where rows are whole packs and begin at a pack's border, otherwise 1.
template <class Body> void with_packs(int width, std::initializer_list<const void*> rows, Body&& body) {
    bool whole = width % kPack == 0;
    for (const void* row : rows) whole = whole && reinterpret_cast<uintptr_t>(row) % (kPack * sizeof(float)) == 0;
    if (whole) body(std::integral_constant<int, kPack>());
    else body(std::integral_constant<int, 1>());
}

}  // namespace scfm::cuda
