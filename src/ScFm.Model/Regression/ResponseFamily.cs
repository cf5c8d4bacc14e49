namespace ScFm.Model.Regression;

/// <summary>How a response is distributed about its mean, with the link under which its likelihood is convex (the canonical one).</summary>
public abstract class ResponseFamily
{
    private protected ResponseFamily() { }

    /// <summary>Normal with constant variance; the mean itself is linear. The deviance is the squared error.</summary>
    public static ResponseFamily Gaussian { get; } = new GaussianFamily();

    /// <summary>Poisson; the logarithm of the mean is linear. Responses are not negative and need not be whole.</summary>
    public static ResponseFamily Poisson { get; } = new PoissonFamily();

    /// <summary>The linear predictor that gives a mean.</summary>
    public abstract double Link(double mean);

    /// <summary>The mean that a linear predictor gives.</summary>
    public abstract double Mean(double linear);

    /// <summary>The variance that belongs to a mean, up to a constant.</summary>
    public abstract double Variance(double mean);

    /// <summary>Twice the log-likelihood that is lost by predicting this mean; 0 where the mean is the response.</summary>
    public abstract double Deviance(double response, double mean);

    /// <summary>Whether a response can be of this family.</summary>
    internal abstract bool Allows(double response);
}
