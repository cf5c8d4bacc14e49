namespace ScFm.Model.Models;

/// <summary>How well hidden tokens are predicted.</summary>
/// <param name="Loss">Mean cross entropy of a hidden token, in nats.</param>
/// <param name="Accuracy">Share of the hidden tokens that are the one thought most likely, 0 to 1.</param>
/// <param name="Count">Number of hidden tokens.</param>
public readonly record struct MaskedScore(double Loss, double Accuracy, long Count);
