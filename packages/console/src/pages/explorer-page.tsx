import { useQuery } from "@tanstack/react-query";
import { Problem } from "../parts/problem.tsx";

/** The explorer; its code comes when somebody goes there, for it checks signatures and hashes. */
export const ExplorerPage = ({ id }: { id: string | undefined }) => {
  const code = useQuery({
    queryKey: ["explorer"],
    queryFn: () => import("./blocks/explorer.tsx"),
    staleTime: Infinity,
    gcTime: Infinity,
    refetchInterval: false,
    structuralSharing: false,
  });
  if (code.data !== undefined) return <code.data.Explorer id={id} />;
  if (code.isError) return <Problem error={code.error} onRetry={() => location.reload()} />;
  return <p className="waiting">Reading…</p>;
};
