namespace ScFm.Interactive.Display;

/// <summary>Whether and how a work has ended.</summary>
internal enum ProgressEnd
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>All is done.</summary>
    Completed,

    /// <summary>It was interrupted or failed.</summary>
    Stopped,
}
