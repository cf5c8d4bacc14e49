namespace ScFm.Model.Regression;

internal sealed class GaussianFamily : ResponseFamily
{
    public override double Link(double mean) => mean;

    public override double Mean(double linear) => linear;

    public override double Variance(double mean) => 1;

    public override double Deviance(double response, double mean) => (response - mean) * (response - mean);

    internal override bool Allows(double response) => double.IsFinite(response);
}
