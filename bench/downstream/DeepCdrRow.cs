/// <summary>One line of the table of DeepCDR.</summary>
/// <param name="BatchSize">Pairs in a step.</param>
internal sealed record DeepCdrRow(int BatchSize)
{
    /// <summary>Pairs of an epoch: those of the published split.</summary>
    public const int Pairs = 89_585;

    /// <summary>Steps before the time is taken: .NET compiles anew what has run some dozens of times, which of an epoch of hundreds of steps is nothing.</summary>
    public const int WarmUp = 30;

    /// <summary>Processes of each side, by turns.</summary>
    public const int Rounds = 3;

    /// <summary>The published batch size, and the one our models are trained with.</summary>
    public static readonly DeepCdrRow[] All = [new(64), new(256)];

    /// <summary>The peer needs to be so many times slower.</summary>
    public const double Wanted = 5;

    /// <summary>Steps of an epoch.</summary>
    public double StepsOfEpoch => (double)Pairs / BatchSize;

    /// <summary>Steps that are timed: about as many pairs in each row.</summary>
    public int Steps => 8192 / BatchSize;

    /// <summary>The time of an epoch of that of the timed steps.</summary>
    public Measurement Epoch(Measurement steps) => steps with { Seconds = steps.Seconds / Steps * StepsOfEpoch };
}
