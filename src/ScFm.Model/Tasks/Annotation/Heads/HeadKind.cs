namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>What stands between a cell's vector and its type.</summary>
public enum HeadKind
{
    /// <summary>One linear layer: what a linear probe is.</summary>
    Linear,

    /// <summary>A hidden layer with ReLU between two linear ones, as scFoundation's published classifier has it.</summary>
    Mlp,
}
