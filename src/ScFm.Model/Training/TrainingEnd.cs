namespace ScFm.Model.Training;

/// <summary>Why a training run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>The held-out loss no longer fell.</summary>
    StoppedEarly,

    /// <summary>The user interrupted it; everything up to the last step is kept.</summary>
    Interrupted,

    /// <summary>A step could not be done, such as for lack of memory; everything up to the step before is kept.</summary>
    Failed,
}
