using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>
/// Trades time for memory: of a block only its arguments are kept for the backward pass, which carries the block out again. The gradients are those of the
/// plain block, bit for bit, with dropout too; a training step takes about a third longer, and its memory no longer grows with what is inside the blocks.
/// </summary>
/// <remarks>Source: Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost".</remarks>
public static class ActivationCheckpoint
{
    /// <summary>What a block makes of its arguments.</summary>
    /// <param name="block">The module whose parameters <paramref name="body"/> uses.</param>
    /// <param name="body">The computation; of all that has gradients it uses only its arguments and the block's parameters.</param>
    /// <param name="arguments">The arguments, those without gradients too; none of them is changed in place before the backward pass.</param>
    public static IReadOnlyList<Tensor> Run(nn.Module block, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body, params IReadOnlyList<Tensor> arguments)
    {
        if (!is_grad_enabled())
        {
            return body(arguments);
        }
        Parameter[] parameters = [.. block.parameters().Where(parameter => parameter.requires_grad)];
        return Recomputation.apply([new Block(body, [.. arguments.Select(argument => argument.requires_grad)], parameters), .. arguments, .. parameters]);
    }

    /// <summary>What a block makes of its only argument.</summary>
    public static Tensor Run(nn.Module block, Func<Tensor, Tensor> body, Tensor argument) => Run(block, arguments => [body(arguments[0])], argument)[0];

    /// <param name="Body">The computation.</param>
    /// <param name="Differentiated">Which arguments have gradients.</param>
    /// <param name="Parameters">The parameters that have gradients.</param>
    private sealed record Block(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> Body, bool[] Differentiated, Parameter[] Parameters);

    private sealed class Recomputation : autograd.MultiTensorFunction<Recomputation>
    {
        public override string Name => nameof(ActivationCheckpoint);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            using var scope = NewDisposeScope(); // else a training step's scope would hold everything inside the block until its end
            var block = (Block)vars[0];
            Tensor[] arguments = [.. vars[1..(1 + block.Differentiated.Length)].Cast<Tensor>()];
            ctx.save_data(nameof(Block), block);
            ctx.save_data(nameof(ForwardState), ForwardState.Now(arguments[0].device));
            ctx.save_for_backward([.. arguments, GeneratorState.Get(arguments[0].device)]);
            ctx.set_materialize_grads(false);
            return [.. block.Body(arguments).Select(result => result.MoveToOuterDisposeScope())];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var (block, state) = ((Block)ctx.get_data(nameof(Block))!, (ForwardState)ctx.get_data(nameof(ForwardState))!);
            var saved = ctx.get_saved_variables();
            var count = block.Differentiated.Length;
            Tensor[] arguments = [.. saved[..count].Select((argument, i) => argument.detach().requires_grad_(block.Differentiated[i]))];
            var results = state.Repeat(saved[count], () => block.Body(arguments));

            Tensor[] sources = [.. arguments.Where((_, i) => block.Differentiated[i]), .. block.Parameters];
            int[] used = [.. Enumerable.Range(0, results.Count).Where(i => grad_outputs[i] is not null && results[i].requires_grad)];
            var gradients = used.Length == 0
                ? new Tensor[sources.Length]
                : autograd.grad([.. used.Select(i => results[i])], sources, [.. used.Select(i => grad_outputs[i])], allow_unused: true);

            var next = 0;
            return [null!, .. block.Differentiated.Select(differentiated => differentiated ? gradients[next++] : null!), .. gradients.Skip(sources.Length - block.Parameters.Length)];
        }
    }
}
