using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The only copy of a model.</summary>
internal sealed class SoleReplica(IReadOnlyList<Parameter> trained) : IReplica
{
    public int? OwnerOf(int parameter) => null;

    public void Begin(int step, int seed) => Gradients.Clear(trained);

    public void ExpectLastPass()
    {
    }

    public StepSums Sum(Func<StepSums> passes) => passes();

    public void Clip(double norm) => nn.utils.clip_grad_norm_(trained, norm);

    public void End()
    {
    }

    public void Dispose()
    {
    }
}
