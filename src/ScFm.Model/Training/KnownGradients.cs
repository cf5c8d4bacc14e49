using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>A value whose gradients were worked out beforehand.</summary>
internal sealed class KnownGradients : autograd.SingleTensorFunction<KnownGradients>
{
    public override string Name => nameof(KnownGradients);

    /// <summary>The value as a function of parameters with these gradients.</summary>
    public static Tensor Of(Tensor value, IReadOnlyList<Parameter> parameters, List<Tensor> gradients) => apply([value.detach(), gradients, .. parameters]);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward((List<Tensor>)vars[1]);
        return ((Tensor)vars[0]).clone();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        [null!, null!, .. ctx.get_saved_variables().Select(gradient => gradient * grad_output)];
}
