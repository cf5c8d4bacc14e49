namespace ScFm.Model.Training;

/// <summary>What of a training each rank keeps a part of instead of the whole; the weights themselves are whole everywhere. The steps are the same in any case.</summary>
/// <remarks>Source: Rajbhandari et al. 2020, "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models".</remarks>
public enum ShardedState
{
    /// <summary>Nothing: every rank keeps everything, and sends least.</summary>
    None,

    /// <summary>The optimizer's state, which each parameter has at one rank; that rank sends the weights that it stepped (ZeRO stage 1).</summary>
    Optimizer,

    /// <summary>The gradients, too: they are summed where their parameter's state is, and let go elsewhere (ZeRO stage 2).</summary>
    OptimizerAndGradients,
}
