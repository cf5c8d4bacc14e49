using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using ScFm.Torch.Extras.Distributed;

namespace ScFm.Model.Launching;

/// <summary>Questions that every rank answers and rank 0 decides, by way of the store: while one still computes its answer, the others wait as long as for a collective.</summary>
/// <remarks>All ranks ask the same questions in the same order. Whoever cannot answer, or leaves instead, ends the waiting of all.</remarks>
internal static class RankQuestions
{
    private const string First = "decision";
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(5); // that rank 0 can tell the others for whom it waited in vain
    private static readonly ConditionalWeakTable<ProcessGroup, StrongBox<int>> asked = []; // a group may be described more than once, and its store keeps every answer

    /// <summary>What rank 0 makes of the answers of all.</summary>
    /// <param name="group">The ranks; each asks.</param>
    /// <param name="answer">Gives this rank's answer; it may take as long as the group's timeout.</param>
    /// <param name="decide">Decides by the answers, in the order of the ranks. Only rank 0 calls it.</param>
    /// <exception cref="Exception">What <paramref name="answer"/> throws.</exception>
    /// <exception cref="InvalidOperationException">Another rank could not answer; the message names it.</exception>
    /// <exception cref="RankLostException">Another rank left; the message names it.</exception>
    /// <exception cref="TimeoutException">A rank did not answer within the timeout; the message names it.</exception>
    public static TDecision Ask<TAnswer, TDecision>(ProcessGroup group, Func<TAnswer> answer, Func<TAnswer[], TDecision> decide)
    {
        var question = asked.GetOrCreateValue(group).Value++;
        var (own, failure) = Reply<TAnswer>.Of(answer, $"Rank {group.Rank} cannot go on: ");
        Put(group, question, Name(group.Rank), own);
        if (group.Rank == 0)
        {
            var (decision, refusal) = Reply<TDecision>.Of(() => decide([.. Enumerable.Range(0, group.Size).Select(rank => Take<TAnswer>(group, question, rank, Name(rank), group.Timeout))]), "");
            Put(group, question, First, decision);
            failure ??= refusal;
        }
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
        return Take<TDecision>(group, question, 0, First, group.Timeout + grace);
    }

    /// <summary>Tells those that wait for this rank, or will, that it answers no more.</summary>
    public static void SayGone(ProcessGroup group)
    {
        var gone = new Reply<object>(null, $"Rank {group.Rank} has ended.", HasLeft: true);
        var question = asked.GetOrCreateValue(group).Value;
        Put(group, question, Name(group.Rank), gone);
        if (group.Rank == 0)
        {
            Put(group, question, First, gone);
        }
    }

    private static string Name(int rank) => rank.ToString(CultureInfo.InvariantCulture);

    private static string Key(int question, string name) => FormattableString.Invariant($"question {question}/{name}");

    private static void Put<T>(ProcessGroup group, int question, string name, Reply<T> reply) => group.Put(Key(question, name), JsonSerializer.SerializeToUtf8Bytes(reply));

    private static T Take<T>(ProcessGroup group, int question, int rank, string name, TimeSpan timeout)
    {
        Reply<T> reply;
        try
        {
            reply = JsonSerializer.Deserialize<Reply<T>>(group.Take(Key(question, name), timeout));
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(FormattableString.Invariant($"Rank {rank} gave no answer within {timeout.TotalSeconds:0.###} s; all ranks ask each other the same, in the same order."), error);
        }
        return reply switch
        {
            { Failure: null } => reply.Value!,
            { HasLeft: true } => throw new RankLostException(reply.Failure),
            _ => throw new InvalidOperationException(reply.Failure),
        };
    }

    /// <summary>An answer, or why there is none: its rank cannot give one, or has left.</summary>
    private readonly record struct Reply<T>(T? Value, string? Failure, bool HasLeft = false)
    {
        /// <summary>Asks; what is thrown is an answer, too, with the name of who threw it before it.</summary>
        public static (Reply<T> Reply, Exception? Failure) Of(Func<T> answer, string who)
        {
            try
            {
                return (new(answer(), null), null);
            }
            catch (Exception error)
            {
                return (new(default, who + error.Message, HasLeft: error is RankLostException), error);
            }
        }
    }
}
