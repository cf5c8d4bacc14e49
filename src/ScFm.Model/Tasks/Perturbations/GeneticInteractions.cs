using ScFm.Model.Display;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>The interactions of all pairs of a screen whose targets were also perturbed alone, and what methods predict of those pairs that they never saw.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Genes">The genes that the interactions were fitted over: those that single and double perturbations change most.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed partial record GeneticInteractions(IReadOnlyList<PairInteraction> Pairs, IReadOnlyList<string> Genes) : IHtml
{
    /// <summary>The usual number of genes that are fitted over; time grows with its square.</summary>
    public const int UsualGenes = 200;

    /// <summary>Pairs at an end of the ranking that are looked for among the predicted ones; of fewer than three times as many pairs, a third.</summary>
    public const int Top = 20;

    /// <summary>The methods that predicted the pairs.</summary>
    public IReadOnlyList<string> Methods => [.. Pairs.SelectMany(pair => pair.Predicted.Keys).Distinct()];

    /// <summary>Pearson's correlation of the magnitudes that a method predicts with those that were measured; NaN where they do not vary, as where a method only adds.</summary>
    /// <remarks>There is no P: pairs share targets, and every fit rests on the measured single effects, so that a method without any interaction, such as the mean of perturbations, may have a correlation. Compare with its.</remarks>
    public double Agreement(string method) => Correlation.Pearson<double>([.. Of(method).Select(pair => pair.Measured.Magnitude)], [.. Of(method).Select(pair => Rounded(pair.Predicted[method].Magnitude))]).Coefficient;

    /// <summary>The pairs at one end of the ranking that was measured, and at that end of the one that a method predicts.</summary>
    /// <param name="method">The method; only pairs that it predicts are ranked.</param>
    /// <param name="synergy">True for the greatest magnitudes, false for the least.</param>
    public (IReadOnlyList<PairInteraction> Measured, IReadOnlyList<PairInteraction> Predicted) Strongest(string method, bool synergy) =>
        (Ends(method, pair => pair.Measured.Magnitude, synergy), Ends(method, pair => pair.Predicted[method].Magnitude, synergy));

    private int Found(string method, bool synergy)
    {
        var (measured, predicted) = Strongest(method, synergy);
        return measured.Intersect(predicted).Count();
    }

    private PairInteraction[] Of(string method) => [.. Pairs.Where(pair => pair.Predicted.ContainsKey(method))];

    private int Count(string method) => Math.Min(Top, Of(method).Length / 3);

    // The fit ends at steps of a thousandth, and what differs by less does not differ.
    private static double Rounded(double magnitude) => Math.Round(magnitude, 3);

    private PairInteraction[] Ends(string method, Func<PairInteraction, double> magnitude, bool greatest) =>
    [
        .. Of(method).OrderBy(pair => double.IsNaN(magnitude(pair))).ThenBy(pair => (greatest ? -1 : 1) * Rounded(magnitude(pair))).ThenBy(pair => pair.Pair.ToString(), StringComparer.Ordinal)
            .Take(Count(method)),
    ];
}
