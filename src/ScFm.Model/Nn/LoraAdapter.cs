using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>What is learnt beside one frozen weight: two thin matrices whose product is added to it.</summary>
public sealed class LoraAdapter : nn.Module
{
    private readonly Parameter lora_A;
    private readonly Parameter lora_B;
    private readonly Tensor frozen;

    /// <summary>Makes an adapter that adds nothing yet.</summary>
    /// <param name="name">The weight's name in its model.</param>
    /// <param name="weight">The weight, [out, in].</param>
    /// <param name="options">Rank and scale.</param>
    /// <param name="random">Draws the first matrix; the second is zero.</param>
    internal LoraAdapter(string name, Parameter weight, LoraOptions options, Generator random) : base(nameof(LoraAdapter))
    {
        (WeightName, Weight, Scale) = (name, weight, options.Alpha / options.Rank);
        var (rows, columns) = (weight.shape[0], weight.shape[1]);
        using var scope = NewDisposeScope();
        lora_A = (Parameter)nn.Parameter((randn(options.Rank, columns, generator: random) / Math.Sqrt(columns)).to(weight.device)).DetachFromDisposeScope();
        lora_B = (Parameter)nn.Parameter(zeros(rows, options.Rank, device: weight.device)).DetachFromDisposeScope();
        frozen = weight.detach().clone().DetachFromDisposeScope();
        register_parameter(nameof(lora_A), lora_A);
        register_parameter(nameof(lora_B), lora_B);
    }

    /// <summary>The weight's name in its model.</summary>
    public string WeightName { get; }

    /// <summary>The weight itself, [out, in]: the frozen one or, after <see cref="Apply"/>, the sum.</summary>
    public Parameter Weight { get; }

    /// <summary>What the product is multiplied by.</summary>
    public double Scale { get; }

    /// <summary>The first matrix, [rank, in].</summary>
    public Parameter A => lora_A;

    /// <summary>The second matrix, [out, rank].</summary>
    public Parameter B => lora_B;

    /// <summary>Puts W + scale B A in the weight's place.</summary>
    public void Apply()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Weight.copy_(frozen + matmul(lora_B, lora_A) * Scale);
    }

    /// <summary>Puts W back, bit for bit.</summary>
    public void Restore()
    {
        using var _ = no_grad();
        Weight.copy_(frozen);
    }

    /// <summary>The gradients of A and B where that of the weight is known.</summary>
    internal (Tensor A, Tensor B) Gradients(Tensor ofWeight) =>
        (matmul(lora_B.t(), ofWeight) * Scale, matmul(ofWeight, lora_A.t()) * Scale);

    /// <inheritdoc/>
    public override string GetName() => WeightName;

    /// <summary>Adds nothing to what the constructor registered: the weight beside the two matrices belongs to its model.</summary>
    protected override void RegisterComponents() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            frozen.Dispose();
        }
        base.Dispose(disposing);
    }
}
