using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What stands between the brackets of <c>tensor[...]</c>.</summary>
    public struct TensorIndex
    {
        // Kinds of the C ABI.
        private const long NewAxis = 0, AllAxes = 1, Integer = 2, Truth = 3, Part = 4, Positions = 5;

        private long kind;
        private long? start, stop, step;
        private Tensor? tensor;

        /// <summary>A part of an axis; what is left out is the whole.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Part, start = start, stop = stop, step = step };

        /// <inheritdoc cref="Slice(long?, long?, long?)"/>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <inheritdoc cref="Slice(long?, long?, long?)"/>
        public static TensorIndex Slice(Range range) =>
            Slice(Position(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Position(range.End));

        /// <summary>A new axis that keeps (true) or drops (false) everything.</summary>
        public static TensorIndex Bool(bool value) => new() { kind = Truth, start = value ? 1 : 0 };

        /// <summary>One position; the axis goes away.</summary>
        public static TensorIndex Single(long? index) => new() { kind = Integer, start = index };

        /// <summary>Positions, or truth values, from a tensor.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Positions, tensor = tensor };

        /// <summary>As many whole axes as are not named.</summary>
        public static TensorIndex Ellipsis = new() { kind = AllAxes };

        /// <summary>A new axis of length 1.</summary>
        public static TensorIndex None = new() { kind = NewAxis };

        /// <summary>A new axis of length 1.</summary>
        public static TensorIndex Null = None;

        /// <summary>A whole axis.</summary>
        public static TensorIndex Colon = Slice();

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A part of an axis.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>A part of an axis.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position, from the end with ^.</summary>
        public static implicit operator TensorIndex(Index index) => Single(Position(index));

        internal readonly IndexValue Native => new()
        {
            Kind = kind,
            Start = start ?? IndexValue.Absent,
            Stop = stop ?? IndexValue.Absent,
            Step = step ?? IndexValue.Absent,
            Tensor = tensor?.Handle ?? IntPtr.Zero,
        };

        internal readonly bool IsSlice(out long from, out long to, out long by)
        {
            (from, to, by) = (start ?? 0, stop ?? long.MaxValue, step ?? 1);
            return kind == Part;
        }

        private static long Position(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
