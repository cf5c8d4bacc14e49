namespace ScFm.Torch.Extras.Distributed;

/// <summary>The library that carries tensors between ranks.</summary>
public enum Backend
{
    /// <summary>Gloo, over TCP: tensors of processors, and of cards where libtorch has no NCCL.</summary>
    Gloo,

    /// <summary>NCCL: tensors of cards, from card to card.</summary>
    Nccl,
}
