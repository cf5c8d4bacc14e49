using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Predicts a gene's value from its state, and where it is asked for whether that is above 0.</summary>
internal sealed class ValueDecoder : nn.Module
{
    private readonly Sequential fc;
    private readonly Sequential? zero_logit;

    /// <summary>Makes the layers.</summary>
    /// <param name="input">Width of a state, with the batch's vector behind it where there is one.</param>
    /// <param name="width">Width of the hidden layers.</param>
    /// <param name="zeroProbability">True to predict whether a value is above 0.</param>
    public ValueDecoder(long input, long width, bool zeroProbability) : base(nameof(ValueDecoder))
    {
        fc = Layers(input, width);
        zero_logit = zeroProbability ? Layers(input, width) : null;
        RegisterComponents();
    }

    /// <summary>States [M, input] to values.</summary>
    public ValuePrediction Predict(Tensor states) => new(fc.call(states).squeeze(-1), zero_logit?.call(states).squeeze(-1));

    private static Sequential Layers(long input, long width) => nn.Sequential(
        ("0", nn.Linear(input, width)), ("1", nn.LeakyReLU(0.01)), ("2", nn.Linear(width, width)), ("3", nn.LeakyReLU(0.01)), ("4", nn.Linear(width, 1)));
}
