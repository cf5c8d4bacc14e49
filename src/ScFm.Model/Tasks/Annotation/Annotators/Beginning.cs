namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>What an annotator's model is before it sees a label, decided and named alike for all kinds.</summary>
internal static class Beginning
{
    /// <summary>Whether it is pretrained on the cells at hand.</summary>
    /// <param name="asked">What was asked for; null: a new model is, a given one is not.</param>
    /// <param name="isGiven">True where a trained model is given.</param>
    public static bool Pretrains(bool? asked, bool isGiven) => asked ?? !isGiven;

    /// <summary>What an annotator's name says of it; null of a new model that is pretrained.</summary>
    /// <param name="pretrains">Whether it is pretrained on the cells at hand.</param>
    /// <param name="isGiven">True where a trained model is given.</param>
    public static string? Words(bool pretrains, bool isGiven) => (pretrains, isGiven) switch
    {
        (true, false) => null,
        (false, false) => "not pretrained",
        (true, true) => "pretrained further",
        (false, true) => "pretrained elsewhere",
    };
}
