using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks;

/// <summary>What a difference between two methods says.</summary>
internal static class Verdict
{
    /// <summary>"beats", "is worse than", or "does not clearly beat" where the interval holds 0 or there is none: of one measurement nothing is clear.</summary>
    /// <param name="gain">The method's score less the other's; more is better.</param>
    public static string Of(MeanInterval gain) =>
        !gain.IsClear ? "does not clearly beat" : gain.Mean > 0 ? "beats" : "is worse than";
}
