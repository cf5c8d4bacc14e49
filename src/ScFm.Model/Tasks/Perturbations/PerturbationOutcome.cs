namespace ScFm.Model.Tasks.Perturbations;

/// <summary>What one method predicted on one split with one seed.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Known">Groups that were learnt from or validated on.</param>
/// <param name="Groups">The groups that were predicted.</param>
/// <param name="Seconds">Wall time of learning and predicting.</param>
public sealed record PerturbationOutcome(string Split, string Method, int Seed, int Known, GroupOutcome[] Groups, double Seconds);
