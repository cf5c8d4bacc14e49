/// <summary>A data parallel step on paper: gradients are summed bucket by bucket while the backward pass makes the next.</summary>
/// <param name="Cluster">The machine.</param>
/// <param name="GradientBytes">Gradients of a step.</param>
/// <param name="BucketBytes">Size of a bucket.</param>
/// <param name="BackwardShare">The part of a step's time in which gradients are made.</param>
internal sealed record PaperRun(Cluster Cluster, double GradientBytes, double BucketBytes, double BackwardShare)
{
    private int Buckets => (int)Math.Ceiling(GradientBytes / BucketBytes);

    /// <summary>Seconds in which the cards sum the gradients of a step.</summary>
    public double TimeToSum(int cards) => Buckets * Bucket(cards);

    /// <summary>Seconds that a step waits for sums: buckets are made evenly over the backward pass and summed one after another, the last one only when it is over.</summary>
    /// <param name="cards">Number of cards.</param>
    /// <param name="step">Seconds of a card's own computation.</param>
    public double Exposed(int cards, double step)
    {
        var (between, done) = (BackwardShare * step / Buckets, 0.0);
        for (var bucket = 1; bucket <= Buckets; bucket++)
        {
            done = Math.Max(done, bucket * between) + Bucket(cards);
        }
        return done - BackwardShare * step;
    }

    /// <summary>The part of the cards' time that they compute.</summary>
    public double Efficiency(int cards, double step) => step / (step + Exposed(cards, step));

    /// <summary>The shortest step of a card, in seconds, at which the cards still compute that part of their time.</summary>
    public double ShortestStep(int cards, double efficiency)
    {
        var (tooShort, longEnough) = (0.0, Buckets * Bucket(cards) / (1 - efficiency)); // with everything exposed
        for (var halving = 0; halving < 60; halving++)
        {
            var middle = (tooShort + longEnough) / 2;
            (tooShort, longEnough) = Efficiency(cards, middle) >= efficiency ? (tooShort, middle) : (middle, longEnough);
        }
        return longEnough;
    }

    private double Bucket(int cards) => Cluster.TimeToSum(cards, GradientBytes / Buckets);
}
