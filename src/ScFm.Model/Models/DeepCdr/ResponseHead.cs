using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The part of a DeepCDR that makes one number of a drug's and a cell line's vectors: a dense layer, whose units are then convolved.</summary>
internal sealed class ResponseHead : nn.Module<Tensor, Tensor>
{
    private const int Hidden = 300;
    private const int Flat = 30;

    private readonly Linear dense;
    private readonly PatchConvolution first;
    private readonly PatchConvolution second;
    private readonly PatchConvolution third;
    private readonly Linear output;
    private readonly DeepCdrConfig config;

    /// <summary>Makes the head.</summary>
    /// <param name="inputs">Width of all vectors together.</param>
    /// <param name="config">Dropout.</param>
    public ResponseHead(long inputs, DeepCdrConfig config) : base(nameof(ResponseHead))
    {
        this.config = config;
        (dense, output) = (nn.Linear(inputs, Hidden), nn.Linear(Flat, 1));
        (first, second, third) = (new PatchConvolution(1, 30, 150), new PatchConvolution(30, 10, 5), new PatchConvolution(10, 5, 5));
        RegisterComponents();
    }

    /// <summary>What the convolutions give of the joined vectors, [B, 30].</summary>
    public Tensor Features(Tensor joined)
    {
        var row = F.dropout(Dense.Linear(joined, dense).tanh(), config.Dropout, training).unsqueeze(2);
        // the largest stays the largest under ReLU: pooled first, there is half as much to pass on
        row = F.relu(PatchConvolution.Pool(first.call(row), 2));
        row = F.relu(PatchConvolution.Pool(second.call(row), 3));
        row = F.relu(PatchConvolution.Pool(third.call(row), 3));
        return F.dropout(row, config.Dropout, training).flatten(1);
    }

    /// <summary>[B, inputs] to [B].</summary>
    public override Tensor forward(Tensor joined) => Dense.Linear(F.dropout(Features(joined), config.LastDropout, training), output).squeeze(1);

    /// <summary>Sets what is answered before anything is learnt.</summary>
    public void StartAt(double value)
    {
        using var unrecorded = no_grad();
        output.bias!.fill_(value);
    }
}
