using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>What optimizers keep about the trained parameters, by their names: the same whichever rank's optimizer has it.</summary>
internal sealed class OptimizerStates
{
    private readonly (string Name, Parameter Parameter)[] trained;
    private readonly IRanks ranks;
    private readonly IReplica replica;
    private readonly Dictionary<Parameter, OptimizerState> own;

    /// <summary>Makes the view.</summary>
    /// <param name="optimizer">This rank's optimizer.</param>
    /// <param name="trained">All trained parameters.</param>
    /// <param name="ranks">Who trains.</param>
    /// <param name="replica">Knows whose optimizer has which state.</param>
    public OptimizerStates(optim.Optimizer optimizer, (string, Parameter)[] trained, IRanks ranks, IReplica replica)
    {
        (this.trained, this.ranks, this.replica) = (trained, ranks, replica);
        own = optimizer.parameters().Zip(((OptimizerHelper)optimizer).state_dict().State).ToDictionary(p => p.First, p => p.Second, (IEqualityComparer<Parameter>)ReferenceEqualityComparer.Instance);
        Kind = optimizer.GetType().Name;
    }

    /// <summary>The optimizer's type, such as AdamW.</summary>
    public string Kind { get; }

    /// <summary>The names of the trained parameters.</summary>
    public IEnumerable<string> Names => trained.Select(named => named.Name);

    /// <summary>All states as bytes at the first rank; elsewhere nothing. They belong to the scope around.</summary>
    public Dictionary<string, Tensor> Gather()
    {
        var gathered = new Dictionary<string, Tensor>();
        int[] owners = [.. trained.Select((_, i) => replica.OwnerOf(i) ?? 0)];
        byte[]?[] given = [.. trained.Select((named, i) => owners[i] == ranks.Rank ? Bytes(own[named.Parameter]) : null)];
        var lengths = ranks.Sum([.. given.Select(bytes => (double)(bytes?.Length ?? 0))]);
        for (var i = 0; i < trained.Length; i++)
        {
            var bytes = given[i] is { } known ? tensor(known) : empty((long)lengths[i], ScalarType.Byte);
            if (owners[i] != 0)
            {
                ranks.Spread([bytes], owners[i]);
            }
            if (ranks.IsFirst)
            {
                gathered[trained[i].Name] = bytes;
            }
            else
            {
                bytes.Dispose();
            }
        }
        return gathered;
    }

    /// <summary>Puts back what <see cref="Gather"/> gave.</summary>
    /// <param name="states">The states; looked at only at the first rank.</param>
    public void Scatter(IReadOnlyDictionary<string, Tensor> states)
    {
        foreach (var (name, parameter) in trained)
        {
            using var scope = NewDisposeScope();
            var length = ranks.OfFirst(() => states[name].numel());
            var bytes = ranks.IsFirst ? states[name] : empty(length, ScalarType.Byte);
            ranks.Spread([bytes]);
            if (own.TryGetValue(parameter, out var state))
            {
                using var reader = new BinaryReader(new MemoryStream(bytes.data<byte>().ToArray()));
                state.LoadStateDict(reader);
            }
        }
    }

    private static byte[] Bytes(OptimizerState state)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer))
        {
            state.SaveStateDict(writer);
        }
        return buffer.ToArray();
    }
}
