namespace ScFm.Model.Screens;

/// <summary>The cells of one condition in one context: what a method predicts and is scored by.</summary>
/// <param name="Condition">Place of the condition in the screen.</param>
/// <param name="Context">Place of the context in the screen.</param>
public readonly record struct PerturbedGroup(int Condition, int Context);
