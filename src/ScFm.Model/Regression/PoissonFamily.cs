namespace ScFm.Model.Regression;

internal sealed class PoissonFamily : ResponseFamily
{
    // Means are held in this range, so that neither a weight nor a working response leaves the numbers.
    private const double Least = 1e-10;
    private const double Most = 1e20;

    public override double Link(double mean) => Math.Log(Math.Clamp(mean, Least, Most));

    public override double Mean(double linear) => Math.Clamp(Math.Exp(linear), Least, Most);

    public override double Variance(double mean) => mean;

    public override double Deviance(double response, double mean) =>
        2 * ((response > 0 ? response * Math.Log(response / mean) : 0) - (response - mean));

    internal override bool Allows(double response) => response >= 0 && double.IsFinite(response);
}
