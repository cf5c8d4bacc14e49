namespace ScFm.Torch.Extras.Distributed;

/// <summary>Another rank died, or did not answer within the timeout, while this one waited for it.</summary>
public sealed class RankLostException : IOException
{
    /// <summary>Says what was waited for, and why it cannot come.</summary>
    public RankLostException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
