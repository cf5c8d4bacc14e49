using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace ScFm.Model;

/// <summary>Checks option records against the ranges on their properties.</summary>
public static class Options
{
    /// <summary>Checks every property that carries a <see cref="RangeAttribute"/>.</summary>
    /// <returns>The same record.</returns>
    /// <exception cref="ArgumentException">A value is out of range; the message names it, the value and what is allowed.</exception>
    public static T Validate<T>(T options) where T : notnull
    {
        foreach (var property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range || property.GetValue(options) is not { } value)
            {
                continue;
            }
            // Not range.IsValid: with whole bounds it rounds the value first, so that 1.4 would lie within 0 to 1.
            var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            if (!(number >= Bound(range.Minimum) && number <= Bound(range.Maximum)))
            {
                throw new ArgumentException(FormattableString.Invariant($"{property.Name} is {value}; expected {range.Minimum} to {range.Maximum}."));
            }
        }
        return options;
    }

    private static double Bound(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);
}
