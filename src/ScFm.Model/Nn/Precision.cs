namespace ScFm.Model.Nn;

/// <summary>The type that matrix products compute in. Weights, gradients, loss and optimizer are float32 in any case.</summary>
public enum Precision
{
    /// <summary>32 bits: the published weights are read and written in it.</summary>
    Float32,

    /// <summary>
    /// bfloat16, 8 bits of mantissa, as the published models were trained: about twice as fast where the processor has it (AVX-512 BF16, AMX, NVIDIA
    /// GPUs since Ampere), and much slower elsewhere.
    /// </summary>
    BFloat16,
}
