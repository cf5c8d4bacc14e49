using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

/// <summary>Listens to a run in the run's own thread.</summary>
internal sealed class Told(Action<TrainingProgress> told) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => told(value);
}
