try{const{'orrery-scheme':s,'orrery-density':r}=localStorage,d=document.documentElement.dataset
d.back=performance.navigation.type
if(s)d.scheme=s
if(d.rivers?.split(' ').includes(r))location.replace(r+'/'+location.hash)
}catch{}
