namespace ScFm.Kernel.Scripting;

/// <summary>The name of a type as C# source writes it.</summary>
internal static class CSharpTypeName
{
    /// <summary>The full name of the type, or of its nearest public base type where a script could not name it.</summary>
    internal static string Of(Type type)
    {
        while (!type.IsVisible)
        {
            type = type.BaseType ?? typeof(object);
        }

        if (type.IsArray)
        {
            // The outer rank stands first: int[][,] is an array of int[,].
            var ranks = "";
            while (type.IsArray)
            {
                ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
                type = type.GetElementType()!;
            }

            return Of(type) + ranks;
        }

        return Qualified(type, type.GetGenericArguments());
    }

    private static string Qualified(Type type, Type[] arguments)
    {
        var scope = type.DeclaringType switch
        {
            // A type of an earlier cell: cells know it by its bare name.
            { IsNested: false, Namespace: null, Name: "Script" } => "",
            { } outer => Qualified(outer, arguments) + ".",
            null => "global::" + (type.Namespace is { Length: > 0 } space ? space + "." : ""),
        };
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
        {
            return scope + type.Name;
        }

        var before = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = type.GetGenericArguments().Length - before;
        return $"{scope}{type.Name[..tick]}<{string.Join(", ", arguments.Skip(before).Take(own).Select(Of))}>";
    }
}
