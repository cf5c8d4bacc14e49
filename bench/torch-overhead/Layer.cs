using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ScFm.Bench.TorchOverhead;

/// <summary>A pre-norm transformer layer of width 64, 4 heads, as peer.py writes it.</summary>
internal sealed class Layer : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1 = LayerNorm(64), norm2 = LayerNorm(64);
    private readonly Linear qkv = Linear(64, 192), project = Linear(64, 64), up = Linear(64, 256), down = Linear(256, 64);

    public Layer() : base(nameof(Layer)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var parts = qkv.call(norm1.call(input)).view(4, 16, 3, 4, 16).permute(2, 0, 3, 1, 4).unbind(0); // [B, H, N, D] each
        var weights = functional.softmax(matmul(parts[0], parts[1].transpose(-2, -1)) * 0.25, -1);
        var x = input + project.call(matmul(weights, parts[2]).transpose(1, 2).reshape(4, 16, 64));
        return x + down.call(functional.relu(up.call(norm2.call(x))));
    }
}
