namespace ScFm.Model.Tasks;

/// <summary>What results are measured by, as tables and figures name it; the number that a result has is its score.</summary>
/// <param name="Name">What they call it.</param>
/// <param name="Of">Takes it from a result; NaN where the result has none.</param>
/// <param name="LowerIsBetter">True for errors, false for what should be high. Default: false.</param>
/// <param name="Format">The .NET format of its numbers. Default: three decimals.</param>
public sealed record Measure<T>(string Name, Func<T, double> Of, bool LowerIsBetter = false, string Format = "F3");
