// Picks the kernels for the processor at hand.
#include "kernels.h"

#include <cstdlib>
#include <cstring>

namespace scfm {

#if defined(SCFM_X86_KERNELS)
namespace avx512 {
extern const Kernels table;
extern const ShortKernels short_table;
}
namespace avx2 {
extern const Kernels table;
}

const Kernels* kernels() {
    static const Kernels* const chosen = []() -> const Kernels* {
        const char* wanted = std::getenv("SCFM_KERNELS");  // avx512, avx2 or none: to compare, and to look for the cause of a difference
        auto allowed = [&](const char* name) { return !wanted || std::strcmp(wanted, name) == 0; };
        __builtin_cpu_init();
        if (allowed("avx512") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512vl"))
            return &avx512::table;
        if (allowed("avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2::table;
        return nullptr;
    }();
    return chosen;
}

const ShortKernels* short_kernels() {
    static const ShortKernels* const chosen = kernels() == &avx512::table && __builtin_cpu_supports("avx512bf16") ? &avx512::short_table : nullptr;
    return chosen;
}
#else
const Kernels* kernels() { return nullptr; }
const ShortKernels* short_kernels() { return nullptr; }
#endif

}  // namespace scfm
