using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Predicted values.</summary>
/// <param name="Values">The bin of each, [M].</param>
/// <param name="ExpressedLogits">The logit of the probability that it is above 0, [M]; null where the model does not predict it. (The reference calls this the probability of zero, and trains it as here.)</param>
public sealed record ValuePrediction(Tensor Values, Tensor? ExpressedLogits);
