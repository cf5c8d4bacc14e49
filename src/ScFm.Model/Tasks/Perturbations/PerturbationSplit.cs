namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Which groups of a screen are learnt from and which are predicted. Control cells of every context are known to all methods.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Training">Perturbed groups to learn from.</param>
/// <param name="Validation">Perturbed groups to stop early by; may be none.</param>
/// <param name="Test">Perturbed groups to predict; a method never sees their cells.</param>
public sealed record PerturbationSplit(string Name, PerturbedGroup[] Training, PerturbedGroup[] Validation, PerturbedGroup[] Test);
