using System.Globalization;
using System.Text;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private const int Shown = 6;

        /// <summary>Shape, type and device.</summary>
        public override string ToString() => ToMetadataString();

        /// <summary>The tensor as text: with <see cref="TensorStringStyle.Metadata"/> without elements.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            newLine ??= "\n";
            if (style == TensorStringStyle.Metadata) return ToMetadataString();
            using var scope = NewDisposeScope();
            var text = new StringBuilder();
            if (style != TensorStringStyle.Numpy) text.Append(ToMetadataString()).Append(newLine);
            Print(text, detach().cpu(), fltFormat ?? "g5", cultureInfo ?? CultureInfo.InvariantCulture, newLine, 0);
            return text.ToString();
        }

        private string ToMetadataString() =>
            IsInvalid ? "<disposed tensor>" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        private static void Print(StringBuilder text, Tensor tensor, string format, CultureInfo culture, string newLine, int indent)
        {
            if (tensor.ndim == 0)
            {
                var value = tensor.ItemValue();
                text.Append(value.Kind switch { 3 => value.Bits != 0 ? "true" : "false", 2 => value.Bits.ToString(culture), _ => value.ToDouble().ToString(format, culture) });
                return;
            }

            var length = tensor.size(0);
            text.Append('[');
            for (long i = 0; i < length; i++)
            {
                // The middle of a long axis is left out.
                if (length > 2 * Shown && i == Shown)
                {
                    text.Append(tensor.ndim == 1 ? ", ..." : $"{newLine}{new string(' ', indent + 1)}...");
                    i = length - Shown;
                }

                if (i > 0) text.Append(tensor.ndim == 1 ? ", " : newLine + new string(' ', indent + 1));
                using var part = tensor.select(0, i);
                Print(text, part, format, culture, newLine, indent + 1);
            }

            text.Append(']');
        }
    }
}
