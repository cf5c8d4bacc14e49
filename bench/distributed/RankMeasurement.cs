/// <summary>What a rank measured of the steps behind those that warm.</summary>
/// <param name="Seconds">Median wall time of a step.</param>
/// <param name="Cells">Cells of a step, over all ranks.</param>
/// <param name="Flops">Floating-point operations of a step, over all ranks.</param>
/// <param name="Parameters">Trained parameters.</param>
/// <param name="Sent">Bytes that the ring formulas give for what this rank exchanged in a step.</param>
/// <param name="Carried">Bytes that the loopback interface carried in a step, of all ranks and with all headers.</param>
/// <param name="Loss">The last step's loss.</param>
internal sealed record RankMeasurement(double Seconds, int Cells, double Flops, long Parameters, double Sent, double Carried, double Loss)
{
    /// <summary>Cells a second.</summary>
    public double Speed => Cells / Seconds;

    /// <summary>The gradients that a step sums, float32.</summary>
    public long GradientBytes => Parameters * sizeof(float);

    /// <summary>The fastest of several rounds: what disturbs only slows down.</summary>
    public static RankMeasurement Of(IReadOnlyList<RankMeasurement> rounds) => rounds.MinBy(round => round.Seconds)!;
}
